import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBareRepository, fetchTips } from "../../clients/git.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";

describe("git and a remote that fails", () => {
  let sandbox: Sandbox;
  let folder: string;
  before(async () => {
    sandbox = await sandboxWith([
      { name: "manifests", files: { "a.txt": "a" } },
      { name: "secret", files: { "a.txt": "a" }, hiddenFrom: ["reader"] },
    ]);
    folder = mkdtempSync(join(tmpdir(), "fluxgate-git-"));
  });
  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (name: string, token: string) =>
    createBareRepository({
      directory: mkdtempSync(join(folder, "bare-")),
      url: `${sandbox.organisationUrl}/shop/_git/${name}`,
      authorization: `Bearer ${token}`,
      pauses: [1, 1],
    });

  it("is asked again while the service is busy or drops connections", async () => {
    const { faults } = sandbox.organisation();
    for (const kind of ["unavailable", "drop"] as const) {
      faults[kind].remaining = 2;
      const [tip = ""] = await fetchTips(await open("manifests", "sandbox-reader"), ["main"]);
      assert.match(tip, /^[0-9a-f]{40}$/);
      assert.equal(faults[kind].remaining, 0);
    }
  });

  it("is given up after a few attempts", async () => {
    sandbox.organisation().faults.unavailable.remaining = 10;
    const bare = await open("manifests", "sandbox-reader");
    await assert.rejects(fetchTips(bare, ["main"]), { code: "unreachable" });
    sandbox.organisation().faults.unavailable.remaining = 0;
  });

  for (const [what, name, token, code] of [
    ["a repository that is absent", "absent", "sandbox-reader", "repository-not-found"],
    ["one that may not be seen", "secret", "sandbox-reader", "repository-not-found"],
    ["a token that is unknown", "manifests", "unknown", "not-signed-in"],
  ] as const) {
    it(`says at once that it is ${what}`, async () => {
      const bare = await open(name, token);
      await assert.rejects(fetchTips(bare, ["main"]), (error: Error & { code: string }) => {
        assert.equal(error.code, code, error.message);
        assert.doesNotMatch(error.message, /unknown|sandbox-reader/);
        return true;
      });
    });
  }
});
