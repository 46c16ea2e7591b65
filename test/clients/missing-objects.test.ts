import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitEnvironment } from "../../clients/git-environment.ts";
import { findTree, readTreeFiles } from "../../clients/git-side.ts";

describe("a clone that is not whole", () => {
  it("ends by the name of the file's object, not with an empty file", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "fluxgate-missing-"));
    try {
      const git = (...args: readonly string[]) =>
        execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
          cwd,
          encoding: "utf8",
        }).trim();
      git("init", "--quiet");
      writeFileSync(join(cwd, "a.yaml"), "a: 1\n");
      writeFileSync(join(cwd, "b.yaml"), "b: 1\n");
      git("add", ".");
      git("commit", "--quiet", "-m", "all");
      const id = git("rev-parse", "HEAD:a.yaml");
      rmSync(join(cwd, ".git/objects", id.slice(0, 2), id.slice(2)));
      const place = { cwd, env: gitEnvironment({ url: "", authorization: undefined }) };
      const tree = (await findTree(place, "HEAD"))?.id ?? assert.fail("no tree");
      await assert.rejects(readTreeFiles(place, tree), new RegExp(`git says "${id} missing"`));
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  });
});
