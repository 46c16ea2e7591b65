import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readFolderFiles } from "../../../clients/side-files.ts";
import { compareTrees, type TreesComparison } from "../../../core/diff/tree/compare-trees.ts";
import type { SideFile } from "../../../core/diff/tree/side-file.ts";
import { diffJson } from "../../../core/report/diff-json.ts";
import { diffMarkdown, diffText } from "../../../core/report/diff-text.ts";
import { withBuilds } from "../../../kube/build-sides.ts";
import { useKube } from "../../support/kube.ts";
import { type ExpectedDiff, lacks, readExpected } from "./expected-diff.ts";

// Data beside the repository: two folders each, and what must be said of them.
const folder = join(import.meta.dirname, "../../../../shared/cases/diff");

describe("the cases of ../shared/cases/diff", function () {
  this.timeout(120_000);
  if (!existsSync(folder)) {
    process.stdout.write("    skipped: there is no ../shared/cases/diff here\n");
    return;
  }
  for (const name of readdirSync(folder)) {
    const expected = readExpected(join(folder, name, "expected.json"));
    it(`${name}: ${expected.says}`, () => {
      assertFits(expected, compareTrees(...sidesOf(name)));
    });
  }

  describe("by Flux' own builds", () => {
    const kube = useKube();
    it("have the same outcome", async () => {
      for (const name of readdirSync(folder)) {
        const [before, after] = sidesOf(name);
        const { compared } = await withBuilds(kube(), {
          first: compareTrees(before, after),
          sides: { before, after },
          compare: ({ builds }) => compareTrees(before, after, builds),
        });
        assertFits(readExpected(join(folder, name, "expected.json")), compared);
      }
    });
  });
});

function sidesOf(name: string): readonly [readonly SideFile[], readonly SideFile[]] {
  const read = (side: string) => {
    const path = join(folder, name, side);
    return existsSync(path) ? readFolderFiles(path) : [];
  };
  return [read("before"), read("after")];
}

function assertFits(expected: ExpectedDiff, compared: TreesComparison): void {
  const json = diffJson(compared);
  const texts = [json, ...diffText(compared), ...diffMarkdown(compared)];
  assert.deepEqual(lacks(expected, json, texts), [], json);
}
