import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readRepositoryRights } from "../../../clients/azure-devops/permissions.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../../sandbox/test/support/git-push.ts";
import { restOf } from "../../../sandbox/test/support/rest.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

const shop = "shop/_apis/git/repositories/shop";

describe("rights over a branch", () => {
  let sandbox: Sandbox;
  let url: string;
  let first: string;
  before(async () => {
    sandbox = await sandboxWith([{ name: "shop", files: { "a.txt": "a" } }]);
    url = `${sandbox.organisationUrl}/shop/_git/shop`;
    first = await gitPush(url, { files: { "b.txt": "b" } });
    await gitPush(url, { files: { "c.txt": "c" } });
  });
  after(() => sandbox.close());

  it("let nobody rewrite it without the right to force, and who has it may", async () => {
    const force = { files: { "d.txt": "d" }, resetTo: first };
    await assert.rejects(
      gitPush(url, force),
      /\[remote rejected\] main -> main \(The user does not have force push permissions\)/,
    );
    await gitPush(url, { ...force, as: "admin" });
  });

  it("let its maker rewrite and delete it, but no other contributor", async () => {
    const rest = restOf(sandbox, "developer");
    const make = { name: "refs/heads/mine", oldObjectId: "0".repeat(40), newObjectId: first };
    await rest.send("POST", `${shop}/refs`, [make]);
    await gitPush(url, { branch: "mine", files: { "m.txt": "1" } });
    await gitPush(url, { branch: "mine", files: { "m.txt": "2" }, resetTo: first });
    const other = { branch: "mine", files: { "m.txt": "3" }, resetTo: first } as const;
    await assert.rejects(gitPush(url, { ...other, as: "approver" }), /force push permissions/);
  });

  it("let nobody else push to a locked one", async () => {
    await restOf(sandbox, "admin").send("PATCH", `${shop}/refs?filter=heads/main`, {
      isLocked: true,
    });
    await assert.rejects(gitPush(url, { files: { "e.txt": "e" } }), /remote rejected.*locked/);
    await gitPush(url, { files: { "e.txt": "e" }, as: "admin" });
  });

  it("are told beforehand, of the repository and of a branch with other rights", async () => {
    const [project] = sandbox.organisation().projects;
    const [repository] = project?.repositories ?? [];
    const deny = ["GenericContribute"] as const;
    repository?.permissions.push({ identity: "developer", ref: "refs/heads/held/über", deny });
    const may = (ref?: string) =>
      readRepositoryRights(clientOf(sandbox, "developer"), {
        ...{ project: project?.id ?? "", repository: repository?.id ?? "" },
        permission: "Contribute",
        ...(ref === undefined ? {} : { ref }),
      });
    assert.equal(await may(), true);
    assert.equal(await may("refs/heads/main"), true);
    assert.equal(await may("refs/heads/held/über"), false);
  });

  it("are the same by Bearer as by Basic", async () => {
    const header = "http.extraheader=AUTHORIZATION: bearer sandbox-reader";
    const { stdout } = await promisify(execFile)("git", ["-c", header, "ls-remote", url]);
    assert.match(stdout, /refs\/heads\/main/);
  });
});
