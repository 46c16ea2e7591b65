import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Sandbox } from "../../azure-devops/create-sandbox.ts";
import { sandboxWith } from "../support/sandbox-with.ts";

const run = promisify(execFile);

describe("git over HTTP", () => {
  let sandbox: Sandbox;
  let folder: string;

  before(async () => {
    sandbox = await sandboxWith([
      { name: "open", files: { "README.md": "# open\n" } },
      { name: "guarded", files: { "README.md": "# guarded\n" }, minimumApprovers: 1 },
      { name: "hidden", files: {}, hiddenFrom: ["reader"] },
    ]);
    folder = mkdtempSync(join(tmpdir(), "fluxgate-test-"));
  });
  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  function url(repository: string, identity: string): string {
    const { host } = new URL(sandbox.origin);
    return `http://any:sandbox-${identity}@${host}/fabrikam/shop/_git/${repository}`;
  }
  async function git(directory: string, ...args: string[]) {
    const as = ["-c", "user.name=Dana", "-c", "user.email=dana@fabrikam.com"];
    return run("git", ["-C", directory, ...as, ...args]);
  }
  async function cloneAndCommit(repository: string, identity: string): Promise<string> {
    const directory = mkdtempSync(join(folder, `${repository}-`));
    await run("git", ["clone", "--quiet", url(repository, identity), directory]);
    writeFileSync(join(directory, "new.txt"), identity);
    await git(directory, "add", ".");
    await git(directory, "commit", "--quiet", "-m", "Add a file");
    return directory;
  }

  it("takes a push and tells who pushed", async () => {
    const directory = await cloneAndCommit("open", "developer");
    const told: string[] = [];
    sandbox
      .organisation()
      .events.on("refUpdated", ({ ref, by }) => void told.push(`${ref} ${by.name}`));
    await git(directory, "push", "--quiet", "origin", "HEAD:refs/heads/topic");
    assert.deepEqual(told, ["refs/heads/topic developer"]);
  });

  it("refuses a stale push in the service's words", async () => {
    const first = await cloneAndCommit("open", "developer");
    const second = await cloneAndCommit("open", "approver");
    await git(first, "push", "--quiet", "origin", "HEAD:main");
    await assert.rejects(git(second, "push", "--force", "origin", "HEAD:main"), {
      message: /does not have force push permissions/,
    });
  });

  it("refuses a push to a protected branch", async () => {
    const directory = await cloneAndCommit("guarded", "developer");
    await assert.rejects(git(directory, "push", "origin", "HEAD:main"), {
      message: /remote rejected.*TF402455: Pushes to this branch are not permitted/s,
    });
  });

  it("refuses a reader's push and hides what may not be seen", async () => {
    const directory = await cloneAndCommit("open", "reader");
    await assert.rejects(git(directory, "push", "origin", "HEAD:refs/heads/mine"), {
      message: /TF401027: You need the Git 'GenericContribute' permission/,
    });
    await assert.rejects(run("git", ["ls-remote", url("hidden", "reader")]), {
      message: /not found/,
    });
  });

  it("asks for a token", async () => {
    const anonymous = url("open", "nobody");
    const environment = { ...process.env, GIT_TERMINAL_PROMPT: "0" };
    await assert.rejects(run("git", ["ls-remote", anonymous], { env: environment }), {
      message: /Authentication failed/,
    });
  });
});
