import { pushNewBranch } from "../../../clients/azure-devops/push-files.ts";
import { listRefs } from "../../../clients/azure-devops/refs.ts";
import { ruleLists } from "../../../core/team-rules/team-rule.ts";
import { type HubWorld, startHubWorld } from "../../e2e/hub-world.ts";
import { next, staging } from "../../e2e/operator-world.ts";
import { folder, shop, type Versions } from "../../e2e/shop-objects.ts";
import { clientOf } from "../../support/sandbox.ts";

/**
 * A shop with something of everything that a page reads: dev is healthy, staging fails and its cluster
 * reports, a run for prod waits for a review and for an approval, one for dev was merged.
 */
export async function startShopInMotion() {
  const world = await startHubWorld();
  const [old, between, newest] = await writeCode(world);
  const write = (environment: string, images: Versions, source: string) =>
    folder({ environment, objects: shop(images), images, run: "", source });
  const well = { state: "succeeded", description: "" } as const;
  const first = await world.push({
    branch: "main",
    message: "first",
    writes: { ...write("staging", world.first, old), ...write("prod", world.first, old) },
  });
  for (const name of ["shop/staging", "staging", "shop/prod", "prod"]) {
    await world.report(first, { name, ...well });
  }
  const commit = await world.push({
    branch: "main",
    message: "staging",
    writes: write("staging", next, between),
  });
  const description = "ImagePullBackOff: Deployment shop/api";
  for (const name of ["shop/staging", "staging"]) {
    await world.report(commit, { name, state: "failed", description });
  }
  const rollouts = [{ commit, appliedAt: new Date().toISOString() }];
  await world.observe(staging({ commit, rollouts }));
  const rules = { expected: [{ path: "spec.replicas", reason: "prod runs more" }] };
  const writes = { [ruleLists.expected.file]: JSON.stringify(rules) };
  await world.push({ branch: "main", message: "Expect", writes });
  const named = (source: string) => `${world.sandbox.organisationUrl}/shop/_git/shop@${source}`;
  const merged = await world.openRun({
    environment: "dev",
    writes: write("dev", { api: "1.6.0", web: "2.1.0" }, newest),
    source: named(newest),
  });
  await world.merge(merged.id);
  const merge = (await world.pullRequest(merged.id)).lastMergeCommit?.commitId ?? "";
  for (const name of ["shop/dev", "dev"]) await world.report(merge, { name, ...well });
  const waiting = await world.openRun({
    environment: "prod",
    writes: write("prod", next, between),
    asks: true,
    source: named(between),
  });
  return { world, first, merged, waiting };
}

export type ShopInMotion = Awaited<ReturnType<typeof startShopInMotion>>;

/** Three commits of the code, the oldest first. */
async function writeCode(world: HubWorld): Promise<readonly [string, string, string]> {
  const developer = clientOf(world.sandbox, "developer");
  const repo = { project: "shop", repository: "shop" };
  const [main] = await listRefs(developer, { repo, filter: "heads/main" });
  const push = (onto: string, name: string) =>
    pushNewBranch(developer, {
      ...{ repo, ref: `refs/heads/${name}`, onto, message: `Change ${name}` },
      files: [{ path: name, content: new TextEncoder().encode(name), exists: false }],
    });
  const old = main?.objectId ?? "";
  const between = await push(old, "between");
  return [old, between, await push(between, "next")];
}
