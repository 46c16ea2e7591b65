import assert from "node:assert/strict";
import { demoEnvironments, demoPipelines, demoSeed } from "../../sandbox/demo/demo-seed.ts";
import type { Build, PullRequest, TimelineRecord } from "../../core/azure-devops/types.ts";
import { ensureAgentTools } from "../../scripts/tools.ts";
import { as, buildOf, push, runOf, statusBecomes } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld, type World } from "../support/world.ts";

const patience = { withinMs: 120_000, everyMs: 200 };
const repository = "shop/_apis/git/repositories/shop-manifests";

describe("scenario 2: the demo is promoted from dev to prod by the shipped templates", () => {
  let world: World;
  before(async () => {
    const { hasJsonnet } = await ensureAgentTools();
    world = await openWorld({
      seed: demoSeed({ hasJsonnet }),
      pipelines: demoPipelines,
      manifests: {
        repository: "shop-manifests",
        interval: "2s",
        kustomizations: demoEnvironments.map((environment) => ({
          name: `shop-${environment}`,
          path: environment,
          environment,
        })),
      },
    });
  });
  after(() => world.close());

  it("runs each stage's tests only after its deployment is healthy, then opens the next", async () => {
    const commit = await push(world, "shop", {
      files: { "services/web/main.js": "// another shop\n" },
    });
    const ci = await runOf(world, commit);
    const cd = await eventually("the CD run", () => triggeredBy(world, ci), patience);
    for (const environment of demoEnvironments) {
      const pullRequest = await eventually(
        `a pull request for ${environment}`,
        () => openFor(world, cd, environment),
        patience,
      );
      const before = await stage(world, cd, environment);
      assert.equal(before?.state, "inProgress");
      const merge = await completeDemo(world, pullRequest);
      await eventually(
        `stage ${environment} to succeed`,
        async () => {
          const record = await stage(world, cd, environment);
          if (record?.result === "failed") throw new Error(`stage ${environment} failed`);
          return record?.result === "succeeded" ? true : undefined;
        },
        patience,
      );
      await statusBecomesIn(world, merge, environment);
    }
    const end = await eventually(
      "the run to end",
      async () => {
        const build = await buildOf(world, cd);
        return build.status === "completed" ? build : undefined;
      },
      patience,
    );
    assert.equal(end.result, "succeeded");
    const pods = await world.kubectl("get", "pods", "--namespace", "shop-prod", "-o", "name");
    // Three replicas each of api and web, and the cache: what the prod configuration says.
    assert.equal(pods.trim().split("\n").length, 7, pods);
    assert.deepEqual(world.sandbox.unhandled(), []);
  });
});

async function statusBecomesIn(world: World, commit: string, environment: string): Promise<void> {
  await statusBecomes(world, {
    ...{ commit, repository: "shop-manifests" },
    ...{ name: `shop/${environment}`, state: "succeeded" },
  });
}

async function triggeredBy(world: World, ci: Build): Promise<Build | undefined> {
  const { value } = await as(world, "reader").get<{ value: readonly Build[] }>(
    "shop/_apis/build/builds",
  );
  const found = value.find(
    ({ definition, sourceVersion }) =>
      definition.name === "shop-cd" && sourceVersion === ci.sourceVersion,
  );
  const failed = value.find(({ result }) => result === "failed");
  if (failed) throw new Error(`run ${failed.id} of ${failed.definition.name} failed`);
  return found;
}

async function openFor(
  world: World,
  cd: Build,
  environment: string,
): Promise<PullRequest | undefined> {
  const { value } = await as(world, "reader").get<{ value: readonly PullRequest[] }>(
    `${repository}/pullrequests`,
  );
  return value.find(({ sourceRefName }) => sourceRefName.endsWith(`/${environment}/${cd.id}`));
}

async function completeDemo(world: World, { pullRequestId }: PullRequest): Promise<string> {
  const rest = as(world, "approver");
  const url = `${repository}/pullrequests/${pullRequestId}`;
  const { lastMergeSourceCommit } = await rest.get<PullRequest>(url);
  await rest.send("PATCH", url, { status: "completed", lastMergeSourceCommit });
  return eventually(`!${pullRequestId} to complete`, async () => {
    const { status, lastMergeCommit } = await rest.get<PullRequest>(url);
    return status === "completed" ? lastMergeCommit?.commitId : undefined;
  });
}

async function stage(world: World, run: Build, name: string): Promise<TimelineRecord | undefined> {
  const { records } = await as(world, "reader").get<{ records: readonly TimelineRecord[] }>(
    `shop/_apis/build/builds/${run.id}/timeline`,
  );
  return records.find(({ type, identifier }) => type === "Stage" && identifier === name);
}
