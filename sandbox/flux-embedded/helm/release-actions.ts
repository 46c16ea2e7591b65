// Install, upgrade and roll back, as Helm does and as helm-controller reports it.
import { timestamp, type KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { formatDuration } from "../toolkit/durations.ts";
import { inventoryEntry } from "../toolkit/inventory.ts";
import { dropConditions, setCondition } from "../toolkit/status-draft.ts";
import { HealthFailure, waitForHealth, watchedObject } from "../toolkit/wait-for-health.ts";
import { chartText, fullName, previousOf, type ReleaseAction } from "./helm-release-status.ts";
import { report } from "./release-events.ts";
import { remediationOf, timeoutOf, type ReleaseRequest } from "./release-request.ts";
import {
  applyResources,
  BuildFailure,
  ownedObjects,
  ReleaseFailure,
  removeResources,
} from "./release-resources.ts";
import { storedReleases, storeRelease, type StoredRelease } from "./release-storage.ts";
import { renderChart, RenderFailure, type Rendered } from "./render-chart.ts";
import { runHooks } from "./run-hooks.ts";
import { addSnapshot, renewSnapshot } from "./snapshot-history.ts";

/**
 * Installs or upgrades; how it ended stands in the draft.
 * @throws RenderFailure, BuildFailure when nothing was changed and nothing stored
 */
export async function releaseChart(
  cluster: Cluster,
  request: ReleaseRequest,
  action: "install" | "upgrade",
): Promise<void> {
  const { draft, spec, release, chart } = request;
  const start = Date.now();
  const { history, ...afresh } = draft.status;
  draft.status = {
    ...afresh,
    // An installation begins anew: nothing before it can be gone back to.
    ...(action === "upgrade" && history ? { history } : {}),
    lastAttemptedReleaseAction: action,
  };
  dropConditions(draft, "TestSuccess", "Remediated");
  let failure: string | undefined;
  try {
    const rendered = await build(cluster, request, action);
    failure = await attempt(cluster, request, { action, rendered });
  } catch (error) {
    if (!(error instanceof RenderFailure || error instanceof BuildFailure)) throw error;
    reportFailure(cluster, request, { action, cause: error.message });
    throw error;
  }
  if (cluster.signal.aborted) return;
  draft.status = {
    ...draft.status,
    lastAttemptedReleaseActionDuration: formatDuration(Date.now() - start),
  };
  if (failure !== undefined) {
    reportFailure(cluster, request, { action, cause: failure });
    const field = `${action}Failures` as const;
    const { failures } = remediationOf(action, request);
    draft.status = { ...draft.status, [field]: failures + 1 };
    return;
  }
  const [latest] = draft.status.history ?? [];
  if (!latest) return;
  const what = `${fullName(latest)} with chart ${chartText(latest)}`;
  const reason = action === "install" ? "InstallSucceeded" : "UpgradeSucceeded";
  const message = `Helm ${action} succeeded for release ${what}`;
  report(cluster, draft, { type: "Released", status: "True", reason, message, chart });
  if (!spec.test?.enable) return;
  setCondition(draft, {
    ...{ type: "TestSuccess", status: "Unknown", reason: "AwaitingTests" },
    message: `Helm release ${release.namespace}/${latest.name}.v${latest.version} with chart ${chartText(latest)} is awaiting tests`,
  });
}

function reportFailure(
  cluster: Cluster,
  { draft, release, chart }: ReleaseRequest,
  { action, cause }: { readonly action: "install" | "upgrade"; readonly cause: string },
): void {
  const reason = action === "install" ? "InstallFailed" : "UpgradeFailed";
  const at = `${release.namespace}/${release.name} with chart ${chart.name}@${chart.version}`;
  const message = `Helm ${action} failed for release ${at}: ${cause}`;
  draft.status = { ...draft.status, failures: (draft.status.failures ?? 0) + 1 };
  report(cluster, draft, { type: "Released", status: "False", reason, message, chart });
}

async function build(
  cluster: Cluster,
  request: ReleaseRequest,
  action: "install" | "upgrade",
): Promise<Rendered> {
  const { release, values, chart } = request;
  const isUpgrade = action === "upgrade";
  const { definitions, objects, hooks } = await renderChart(cluster, chart, {
    ...{ release, values, isUpgrade },
  });
  // Kinds that the chart itself brings are known before the rest is looked at.
  applyResources(cluster, definitions, release);
  return {
    definitions,
    objects: ownedObjects(cluster, request, objects),
    hooks: ownedObjects(cluster, request, hooks),
  };
}

type Attempt = { readonly action: "install" | "upgrade"; readonly rendered: Rendered };

/** Stores a version and says why it failed, if it did. */
async function attempt(
  cluster: Cluster,
  request: ReleaseRequest,
  { action, rendered }: Attempt,
): Promise<string | undefined> {
  const { draft, release, chart, values } = request;
  const before = storedReleases(cluster, release);
  const [newest] = before;
  const deployed = before.find(({ status }) => status === "deployed");
  const now = timestamp();
  const { objects, hooks, definitions } = rendered;
  const failure = await roll(cluster, request, {
    ...{ action, objects, hooks },
    replaced: (deployed ?? newest)?.objects ?? [],
  });
  if (cluster.signal.aborted) return undefined;
  const { name, version, appVersion } = chart;
  const stored: StoredRelease = {
    ...{ name: release.name, namespace: release.namespace, version: (newest?.version ?? 0) + 1 },
    chart: { name, version, ...(appVersion ? { appVersion } : {}) },
    ...{ config: values, objects, hooks },
    status: failure === undefined ? "deployed" : "failed",
    description: failure ?? (action === "install" ? "Install complete" : "Upgrade complete"),
    firstDeployed: newest?.firstDeployed ?? now,
    lastDeployed: now,
  };
  storeRelease(cluster, release, stored);
  const entries = [...objects, ...definitions].map(inventoryEntry).sort(byId);
  draft.status = { ...draft.status, inventory: { entries } };
  addSnapshot(draft, stored, action);
  if (deployed) supersede(cluster, request, { release: deployed, isOver: failure === undefined });
  return failure;
}

function supersede(
  cluster: Cluster,
  { draft, release: at }: ReleaseRequest,
  {
    release,
    isOver,
    action,
  }: {
    readonly release: StoredRelease;
    readonly isOver: boolean;
    readonly action?: ReleaseAction;
  },
): void {
  const next = isOver ? { ...release, status: "superseded" as const } : release;
  if (isOver) storeRelease(cluster, at, next);
  renewSnapshot(draft, next, action);
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

type Roll = {
  readonly action: ReleaseAction;
  readonly objects: readonly KubeObject[];
  readonly hooks: readonly KubeObject[];
  readonly replaced: readonly KubeObject[];
};

async function roll(
  cluster: Cluster,
  { spec, release }: ReleaseRequest,
  { action, objects, hooks, replaced }: Roll,
): Promise<string | undefined> {
  const timeoutMs = timeoutOf(spec, action);
  const run = async (event: string) => {
    if (spec[action]?.disableHooks) return undefined;
    const { failure } = await runHooks(cluster, { hooks, event, timeoutMs });
    return failure === undefined ? undefined : `failed ${event}: ${failure}`;
  };
  try {
    const early = await run(`pre-${action}`);
    if (early !== undefined) return early;
    if (cluster.signal.aborted) return undefined;
    applyResources(cluster, objects, release);
    removeResources(cluster, replaced, objects);
    if (!spec[action]?.disableWait) {
      const watched = objects.map((object) => watchedObject(cluster, object));
      await waitForHealth(cluster, watched, timeoutMs);
    }
    return await run(`post-${action}`);
  } catch (error) {
    if (error instanceof HealthFailure) return error.cause;
    if (error instanceof ReleaseFailure) return error.message;
    throw error;
  }
}

/** Goes back to the newest version that was good. */
export async function rollBack(cluster: Cluster, request: ReleaseRequest): Promise<void> {
  const { draft, release } = request;
  const { ignoresTests } = remediationOf("upgrade", request);
  const target = previousOf(draft.status.history ?? [], ignoresTests);
  const before = storedReleases(cluster, release);
  const good = before.find(({ version }) => version === target?.version);
  if (!target || !good) return;
  const failure = await roll(cluster, request, {
    ...{ action: "rollback", objects: good.objects, hooks: good.hooks },
    replaced: before[0]?.objects ?? [],
  });
  if (cluster.signal.aborted) return;
  const stored: StoredRelease = {
    ...good,
    version: (before[0]?.version ?? 0) + 1,
    status: failure === undefined ? "deployed" : "failed",
    description: failure ?? `Rollback to ${good.version}`,
    lastDeployed: timestamp(),
  };
  storeRelease(cluster, release, stored);
  addSnapshot(draft, stored, "rollback");
  draft.status = { ...draft.status, inventory: { entries: good.objects.map(inventoryEntry) } };
  for (const one of before.filter(({ status }) => status === "deployed")) {
    const isOver = failure === undefined;
    supersede(cluster, request, { release: one, isOver, action: "rollback" });
  }
  const at = `Helm rollback to previous release ${fullName(target)} with chart ${chartText(target)}`;
  const failed = failure !== undefined;
  if (failed) draft.status = { ...draft.status, failures: (draft.status.failures ?? 0) + 1 };
  report(cluster, draft, {
    type: "Remediated",
    status: failed ? "False" : "True",
    reason: failed ? "RollbackFailed" : "RollbackSucceeded",
    message: failed ? `${at} failed: ${failure}` : `${at} succeeded`,
    chart: { version: target.chartVersion, appVersion: target.appVersion },
  });
}
