import assert from "node:assert/strict";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { listFolder } from "../../clients/azure-devops/items.ts";
import { clientOf } from "../support/sandbox.ts";

describe("what lies in a folder, and not below", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "dev/a.yaml": "a: 1\n" } }]);
  });
  after(() => sandbox.close());

  it("is nothing for sure where a folder holds folders alone: it is there", async () => {
    const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
    const commit = await gitPush(url, { files: { "dev/a.yaml": "a: 2\n" } });
    const of = (path: string) =>
      listFolder(clientOf(sandbox, "connector"), {
        ...{ repo: { project: "shop", repository: "manifests" }, commit, path },
      });
    assert.deepEqual(await of(""), { files: [], isThere: true });
    const { files, isThere } = await of("dev");
    assert.deepEqual([files.map(({ path }) => path), isThere], [["dev/a.yaml"], true]);
    assert.deepEqual(await of("gone"), { files: [], isThere: false });
  });
});
