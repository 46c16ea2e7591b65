import assert from "node:assert/strict";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { listFolder } from "../../clients/azure-devops/items.ts";
import type { Connector } from "../../connector/connector.ts";
import { clientOf } from "../support/sandbox.ts";
import { aConnector } from "./a-connector.ts";

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

  it("costs no call of its own after a push: what differs is asked for anyway", async () => {
    const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
    const { connector, repository } = await aConnector(sandbox, {
      ...{ mode: "statuses", repository: "manifests" },
    });
    const commits = [
      await gitPush(url, { files: { "dev/a.yaml": "a: 3\n" } }),
      await gitPush(url, { files: { ".sourceignore": "/docs\n", "dev/sub/b.yaml": "b: 1\n" } }),
    ];
    const seen: string[][] = [];
    const calls: number[] = [];
    for (const commit of commits) {
      await repository.tree(commit, "dev");
      const before = await callsOf(connector);
      seen.push((await repository.beside(commit, "")).map(({ path }) => path));
      calls.push((await callsOf(connector)) - before);
    }
    assert.deepEqual(seen, [[], [".sourceignore"]]);
    assert.deepEqual(calls, [1, 0]);
  });
});

async function callsOf({ metrics }: Pick<Connector, "metrics">): Promise<number> {
  const { values } = await metrics.calls.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}
