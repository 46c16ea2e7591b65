import assert from "node:assert/strict";
import { approve, complete, completeLater } from "../../hub/data/decide.ts";
import { loadPolicies, loadTargetBranch } from "../../hub/data/load-policies.ts";
import { loadPullRequest } from "../../hub/data/load-pull-request.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { type HubWorld, startHubWorld } from "../e2e/hub-world.ts";
import { clientOf } from "../support/sandbox.ts";
import { eventually } from "../support/eventually.ts";

const mergeStrategy = "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab";
const minimumReviewers = "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd";

describe("deciding under branch policies", () => {
  let world: HubWorld;
  beforeEach(async () => {
    world = await startHubWorld();
  });
  afterEach(async () => {
    assert.deepEqual(world.sandbox.unhandled(), []);
    await world.stop();
  });

  async function require(type: string, settings: object) {
    const admin = restOf(world.sandbox, "admin");
    const repository = await admin.get<{ id: string }>(
      `shop/_apis/git/repositories/${world.repo.repository}`,
    );
    const scope = [{ repositoryId: repository.id, refName: "refs/heads/main", matchKind: "Exact" }];
    await admin.send("POST", "shop/_apis/policy/configurations", {
      ...{ isEnabled: true, isBlocking: true, type: { id: type } },
      settings: { ...settings, scope },
    });
  }

  async function anOpenOne() {
    const writes = { "dev/a.yaml": "" };
    const { id, commit } = await world.openRun({ environment: "dev", writes });
    const { repo } = world;
    const ado = clientOf(world.sandbox, "approver");
    const extension = { publisher: "fluxgate", name: "fluxgate" };
    const look = () => loadPullRequest(ado, { repo, id, extension });
    const { me = assert.fail("nobody"), pullRequest } = await look();
    const policies = {
      ...(await loadPolicies(ado, pullRequest)),
      ...(await loadTargetBranch(ado, pullRequest)),
    };
    return { ado, of: { repo, id, me, seen: commit }, look, policies };
  }

  it("completes by squash where the branch takes nothing else", async () => {
    await require(mergeStrategy, {
      ...{ allowSquash: true, allowNoFastForward: false },
      ...{ allowRebase: false, allowRebaseMerge: false },
    });
    const { ado, of, look, policies } = await anOpenOne();
    assert.deepEqual(policies.strategies, ["squash"]);
    await complete(ado, { ...of, strategy: "squash" });
    assert.equal((await look()).pullRequest.status, "completed");
  });

  it("tells what the policies still want, and leaves the completion to Azure DevOps", async () => {
    await require(minimumReviewers, { minimumApproverCount: 1, creatorVoteCounts: false });
    const { ado, of, look, policies } = await anOpenOne();
    assert.deepEqual(
      policies.unmet?.map(({ configuration }) => configuration.type.id),
      [minimumReviewers],
    );
    const other = completeLater(ado, { ...of, target: "0".repeat(40) });
    await assert.rejects(other, /its target/);
    await completeLater(ado, of);
    assert.equal((await look()).pullRequest.status, "active");
    const digest = `1-${"0".repeat(32)}`;
    const { seen: source } = of;
    await approve(ado, { ...of, seen: { digest, source, before: source, after: source } });
    await eventually("the completion", async () =>
      (await look()).pullRequest.status === "completed" ? true : undefined,
    );
  });

  it("knows no limit where no policy sets one", async () => {
    const { policies } = await anOpenOne();
    assert.deepEqual(policies.unmet, []);
    assert.equal(policies.strategies?.length, 4);
    assert.deepEqual(policies.lock, { state: "free" });
  });
});
