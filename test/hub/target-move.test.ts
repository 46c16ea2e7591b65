// A merge that the service worked out is for the target branch as it was then.
import assert from "node:assert/strict";
import { complete, mergeAnew } from "../../hub/data/decide.ts";
import { loadPullRequest } from "../../hub/data/load-pull-request.ts";
import { movedView } from "../../hub/view/target-move.ts";
import { type HubWorld, startHubWorld } from "../e2e/hub-world.ts";
import { eventually } from "../support/eventually.ts";
import { clientOf } from "../support/sandbox.ts";

const extension = { publisher: "fluxgate", name: "fluxgate" };
const map = (level: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cache, namespace: shop }\ndata: { level: ${level} }\n`;

describe("a target branch that moves while the merge stays as it was", function () {
  this.timeout(60_000);
  let world: HubWorld;
  let id: number;
  let seen: string;
  let from: string;

  before(async () => {
    world = await startHubWorld();
    const run = { environment: "dev", writes: { "dev/cache.yaml": map("low") } };
    ({ id, commit: seen } = await world.openRun(run));
    from = await world.headOfMain();
    world.sandbox.organisation().faults.merges.keep = 100;
  });
  after(async () => {
    assert.deepEqual(world.sandbox.unhandled(), []);
    await world.stop();
  });

  const ado = () => clientOf(world.sandbox, "admin");
  const look = () => loadPullRequest(ado(), { repo: world.repo, id, extension });
  const said = async (places: readonly string[] | undefined) => movedView(await look(), places);

  it("is the same as long as nobody pushes to it", async () => {
    assert.deepEqual((await look()).move, { value: { state: "same" } });
    assert.equal(await said(["dev"]), undefined);
  });

  it("is told with what came, and is harmless only where that is nothing of what is compared", async () => {
    await world.push({ branch: "main", message: "One", writes: { "prod/cache.yaml": map("low") } });
    await world.push({ branch: "main", message: "Two", writes: { "README.md": "more\n" } });
    const head = await world.headOfMain();
    const how = `Compared with main as it was at ${from.slice(0, 8)}; it has moved since by 2 commits, to ${head.slice(0, 8)}.`;
    assert.deepEqual(await said(["dev"]), {
      text: `${how} What changed there is not part of what is compared.`,
      ...{ isStale: false, mayRenew: true },
    });
    assert.deepEqual(await said(["dev", "prod"]), {
      text: `${how} prod/cache.yaml changed there, so what is shown may not be what the merge gives.`,
      ...{ isStale: true, mayRenew: true },
    });
    assert.equal((await said(undefined))?.isStale, true);
  });

  it("is not completed onto what nobody saw, though the service still names the old one", async () => {
    const { comparison, pullRequest } = await look();
    assert.deepEqual([comparison?.before, pullRequest.mergeStatus], [from, "succeeded"]);
    const moved = { code: "pull-request-moved", message: /its target has changed/ };
    await assert.rejects(complete(ado(), { repo: world.repo, id, seen, target: from }), moved);
    const other = { repo: world.repo, id, seen, target: from, head: seen };
    await assert.rejects(complete(ado(), other), moved);
    assert.equal((await look()).pullRequest.status, "active");
  });

  it("is compared with anew once the merge is asked for anew", async () => {
    await mergeAnew(ado(), { repo: world.repo, id });
    const head = await world.headOfMain();
    await eventually("the merge onto the new target", async () =>
      (await look()).comparison?.before === head ? true : undefined,
    );
    assert.deepEqual((await look()).move, { value: { state: "same" } });
  });

  it("was put back: nothing is said to have come", async () => {
    const head = await world.headOfMain();
    await world.force("main", from);
    const view = await said(["elsewhere"]);
    assert.match(
      view?.text ?? "",
      new RegExp(
        `as it was at ${head.slice(0, 8)}; it was put to ${from.slice(0, 8)} since, which`,
      ),
    );
    assert.equal(view?.isStale, true);
    await world.force("main", head);
  });

  it("is completed where what it got is nothing of what was seen, and was known", async () => {
    const target = await world.headOfMain();
    await world.push({ branch: "main", message: "Three", writes: { "README.md": "most\n" } });
    const head = await world.headOfMain();
    await complete(ado(), { repo: world.repo, id, seen, target, head });
    assert.equal((await look()).pullRequest.status, "completed");
    assert.equal(await said(undefined), undefined);
  });
});
