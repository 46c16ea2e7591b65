import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readFolderFiles } from "../../../clients/side-files.ts";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { diffJson } from "../../../core/report/diff-json.ts";
import { diffMarkdown, diffText } from "../../../core/report/diff-text.ts";
import { lacks, readExpected } from "./expected-diff.ts";

// Data beside the repository: two folders each, and what must be said of them.
const folder = join(import.meta.dirname, "../../../../shared/cases/diff");

describe("the cases of ../shared/cases/diff", () => {
  if (!existsSync(folder)) {
    process.stdout.write("    skipped: there is no ../shared/cases/diff here\n");
    return;
  }
  for (const name of readdirSync(folder)) {
    const at = (side: string) => join(folder, name, side);
    const expected = readExpected(at("expected.json"));
    it(`${name}: ${expected.says}`, () => {
      const sides = ["before", "after"].map((side) =>
        existsSync(at(side)) ? readFolderFiles(at(side)) : [],
      );
      const compared = compareTrees(sides[0] ?? [], sides[1] ?? []);
      const json = diffJson(compared);
      const texts = [json, ...diffText(compared), ...diffMarkdown(compared)];
      assert.deepEqual(lacks(expected, json, texts), [], json);
    });
  }
});
