import assert from "node:assert/strict";
import { createLeavesOut, type LeavesOut } from "../../connector/left-out.ts";
import { createPoster } from "../../connector/reconcilers/post-statuses.ts";
import { createSnapshots } from "../../connector/reconcilers/snapshots.ts";
import type { CommitStatus, NewCommitStatus } from "../../core/azure-devops/types.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { eventually } from "../support/eventually.ts";
import { aCluster, aKustomization } from "./a-cluster.ts";
import { aConnector } from "./a-connector.ts";

describe("a connector that Azure DevOps throttles", () => {
  let sandbox: Sandbox;
  let commit: string;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "README.md": "" } }]);
    const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
    commit = await gitPush(url, { files: { "dev/a.yaml": "a: 1\n" } });
  });
  after(() => sandbox.close());

  /** One that leaves things out until it is told otherwise. */
  async function held() {
    const { connector, repository } = await aConnector(sandbox, {
      ...{ mode: "full", repository: "manifests" },
    });
    const asked: string[] = [];
    let isHeld = true;
    const leavesOut: LeavesOut = (priority) => {
      asked.push(priority);
      return isHeld;
    };
    const revision = `main@sha1:${commit}`;
    const cluster = aCluster([aKustomization({ path: "dev", revision, inventory: [] })]);
    return {
      connector: { ...connector, leavesOut, clusters: new Map([["west", cluster]]) },
      ...{ repository, asked, release: () => (isHeld = false) },
    };
  }

  const posted = async () =>
    (
      await restOf(sandbox, "reader").get<{ value: readonly CommitStatus[] }>(
        `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`,
      )
    ).value.map(({ context, state }) => `${context.name} ${state}`);

  it("says what is left out and why, once, and when it is over", async () => {
    const { connector, repository, said } = await aConnector(sandbox, {
      ...{ mode: "full", repository: "manifests" },
    });
    const leavesOut = createLeavesOut(connector.ado, connector.log);
    const { faults } = sandbox.organisation();
    faults.delay = { remaining: 1, retryAfterSeconds: 3 };
    await repository.head(0);
    assert.equal(leavesOut("snapshot"), true);
    assert.equal(leavesOut("snapshot"), true);
    assert.equal(leavesOut("letters"), true);
    const isOver = () => (leavesOut("snapshot") ? undefined : true);
    await eventually("the end of it", isOver, { withinMs: 20_000 });
    assert.equal(leavesOut("letters"), false);
    assert.deepEqual(
      said.map((line) => line.replace(/\d+ s$/, "N s")),
      [
        "Snapshots for the hub are left out for now: Azure DevOps asks to wait N s",
        "Looks for new letters are left out for now: Azure DevOps asks to wait N s",
        "Snapshots for the hub are no longer left out",
        "Looks for new letters are no longer left out",
      ],
    );
  });

  it("posts no status meanwhile, and what still holds after it", async () => {
    const { connector, repository, asked, release } = await held();
    const { post } = createPoster(connector);
    const status = (state: "succeeded" | "failed", name: string): NewCommitStatus => ({
      ...{ state, description: "so it is", context: { genre: "fluxgate", name } },
    });
    const statuses = [status("failed", "dev"), status("succeeded", "shop/dev")];
    await post(repository, commit, statuses);
    assert.deepEqual(await posted(), []);
    assert.deepEqual(asked, ["failure", "failure"]);
    release();
    await post(repository, commit, statuses);
    assert.deepEqual((await posted()).sort(), ["dev failed", "shop/dev succeeded"]);
  });

  it("writes no snapshot meanwhile, and the newest after it", async () => {
    const { connector, asked, release } = await held();
    const { write } = createSnapshots(connector);
    const [environment] = connector.config.environments;
    assert.ok(environment);
    const { documents } = sandbox.organisation();
    await write(environment, { commit, healthy: true });
    assert.equal(documents.size, 0);
    assert.deepEqual(asked, ["snapshot"]);
    release();
    await write(environment, { commit, healthy: true });
    assert.equal(documents.size, 1);
  });
});
