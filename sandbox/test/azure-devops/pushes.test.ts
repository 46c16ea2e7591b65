import assert from "node:assert/strict";
import type { Sandbox } from "../../azure-devops/create-sandbox.ts";
import { runGit } from "../../azure-devops/git/run-git.ts";
import { sandboxWith, type IdentityName } from "../support/sandbox-with.ts";

const shop = "shop/_apis/git/repositories/shop";

describe("commits made through the REST interface", () => {
  let sandbox: Sandbox;
  let head: string;

  beforeEach(async () => {
    sandbox = await sandboxWith([{ name: "shop", files: { "run.sh": "#!/bin/sh\n" } }]);
    head = await tip("main");
  });
  afterEach(async () => {
    assert.deepEqual(sandbox.unhandled(), []);
    await sandbox.close();
  });

  async function ask(path: string, identity: IdentityName, body?: unknown) {
    const response = await fetch(`${sandbox.organisationUrl}/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        Authorization: `Bearer sandbox-${identity}`,
        Accept: "application/json;api-version=7.1",
        "Content-Type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = (await response.json()) as {
      readonly message?: string;
      readonly typeKey?: string;
      readonly value?: readonly { readonly name: string; readonly objectId: string }[];
    };
    return { status: response.status, ...json };
  }
  async function tip(branch: string): Promise<string> {
    const { value = [] } = await ask(`${shop}/refs?filter=heads/${branch}`, "reader");
    return value[0]?.objectId ?? "";
  }
  const edit = (branch: string, old: string, changeType = "edit") => ({
    refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId: old }],
    commits: [
      {
        comment: "Say more",
        changes: [
          {
            changeType,
            item: { path: "/run.sh" },
            newContent: { content: btoa("#!/bin/sh\necho\n"), contentType: "base64encoded" },
          },
        ],
      },
    ],
  });

  it("edits a file on a new branch, keeps its mode and leaves the old branch alone", async () => {
    assert.equal((await ask(`${shop}/pushes`, "developer", edit("more", head))).status, 201);
    assert.equal(await tip("main"), head);
    const commit = await tip("more");
    const url = `${shop}/commits/${commit}`;
    const { comment, author, parents } = (await ask(url, "reader")) as unknown as {
      comment: string;
      author: { name: string };
      parents: string[];
    };
    assert.deepEqual([comment, author.name, parents], ["Say more", "Dana Developer", [head]]);

    const directory = sandbox.organisation().projects[0]?.repositories[0]?.directory ?? "";
    assert.match(await runGit(directory, ["ls-tree", commit]), /^100755 blob \S+\trun\.sh/);
  });

  it("refuses a branch that has moved meanwhile", async () => {
    await ask(`${shop}/pushes`, "developer", edit("main", head));
    const again = await ask(`${shop}/pushes`, "developer", edit("main", head));
    assert.deepEqual([again.status, again.typeKey], [409, "GitReferenceStaleException"]);
    assert.match(again.message ?? "", /^TF401028/);
  });

  it("refuses to add what is there", async () => {
    const { status, message } = await ask(`${shop}/pushes`, "developer", edit("main", head, "add"));
    assert.equal(status, 400);
    assert.match(message ?? "", /exists already/);
  });

  it("refuses who may only read, and says so beforehand when asked", async () => {
    const { status, message } = await ask(`${shop}/pushes`, "reader", edit("more", head));
    assert.equal(status, 403);
    assert.match(message ?? "", /^TF401027: You need the Git 'GenericContribute' permission/);
    const may = "_apis/permissions/2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87/4?tokens=repoV2/p/r";
    assert.deepEqual((await ask(may, "reader")).value, [false]);
    assert.deepEqual((await ask(may, "developer")).value, [true]);
  });
});
