import assert from "node:assert/strict";
import type { Connector } from "../../connector/connector.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { aConnector } from "./a-connector.ts";

describe("calls to Azure DevOps after a push", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "dev/a.yaml": "a: 1\n" } }]);
  });
  after(() => sandbox.close());

  it("are one, of what differs: it tells listings, and what holds what, of both commits", async () => {
    const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
    const { connector, repository } = await aConnector(sandbox, {
      ...{ mode: "statuses", repository: "manifests" },
    });
    const look = async (commit: string) => {
      await repository.tree(commit, "dev");
      return (await repository.beside(commit, "")).map(({ path }) => path);
    };
    const before = await gitPush(url, { files: { "dev/a.yaml": "a: 2\n" } });
    assert.deepEqual(await look(before), []);
    const calls = await callsOf(connector);
    const commit = await gitPush(url, {
      files: { ".sourceignore": "/docs\n", "dev/sub/b.yaml": "b: 1\n" },
    });
    assert.deepEqual(await look(commit), [".sourceignore"]);
    // Whatever Flux has not applied yet is still at the commit before, foreign objects too.
    assert.deepEqual(
      [await repository.contains(commit, before), await repository.contains(before, commit)],
      ["no", "yes"],
    );
    assert.equal((await callsOf(connector)) - calls, 1);
  });
});

async function callsOf({ metrics }: Pick<Connector, "metrics">): Promise<number> {
  const { values } = await metrics.calls.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}
