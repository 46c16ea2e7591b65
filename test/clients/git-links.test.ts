import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitEnvironment } from "../../clients/git-environment.ts";
import { findTree, readTreeFiles } from "../../clients/git-side.ts";

describe("a tree of git", () => {
  it("names links and submodules as what they are, and reads files alone", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "fluxgate-links-"));
    try {
      const git = (...args: readonly string[]) =>
        execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd });
      git("init", "--quiet");
      writeFileSync(join(cwd, "a.yaml"), "a: 1\n");
      symlinkSync("a.yaml", join(cwd, "b.yaml"));
      git("add", ".");
      git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},vendor`);
      git("commit", "--quiet", "-m", "all");
      const place = { cwd, env: gitEnvironment({ url: "", authorization: undefined }) };
      const tree = (await findTree(place, "HEAD"))?.id ?? assert.fail("no tree");
      const files = await readTreeFiles(place, tree);
      assert.deepEqual(
        files.map(({ path, kind, text }) => [path, kind, text]),
        [
          ["a.yaml", undefined, "a: 1\n"],
          ["b.yaml", "link", undefined],
          ["vendor", "submodule", undefined],
        ],
      );
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  });
});
