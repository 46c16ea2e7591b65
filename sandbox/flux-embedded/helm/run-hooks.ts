// Hooks of a chart: made, waited for and kept until they are made the next time.
import { applyObject, deleteObject } from "../api/admit.ts";
import { timestamp, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import { objectHealth, type Health } from "../toolkit/object-health.ts";
import { HealthFailure, waitForHealth, watchedObject } from "../toolkit/wait-for-health.ts";
import type { TestHook } from "./helm-release-status.ts";
import { hookEvents } from "./render-chart.ts";
import { manager } from "./release-resources.ts";

type HookOptions = {
  readonly hooks: readonly KubeObject[];
  readonly event: string;
  readonly timeoutMs: number;
};

export type HooksEnd = {
  readonly ran: Readonly<Record<string, TestHook>>;
  /** Why one of them failed; those behind it did not run. */
  readonly failure: string | undefined;
};

/** Runs the hooks of one event by weight, one after the other. */
export async function runHooks(
  cluster: Cluster,
  { hooks, event, timeoutMs }: HookOptions,
): Promise<HooksEnd> {
  const own = hooks.filter((hook) => hookEvents(hook).includes(event)).sort(byWeight);
  const ran: Record<string, TestHook> = {};
  for (const hook of own) {
    const lastStarted = timestamp();
    const failure = await runHook(cluster, hook, timeoutMs);
    const phase = failure === undefined ? "Succeeded" : "Failed";
    ran[hook.metadata.name] = { lastStarted, lastCompleted: timestamp(), phase };
    if (failure !== undefined) return { ran, failure };
    if (cluster.signal.aborted) break;
    if (policies(hook).includes("hook-succeeded")) remove(cluster, hook);
  }
  return { ran, failure: undefined };
}

async function runHook(
  cluster: Cluster,
  hook: KubeObject,
  timeoutMs: number,
): Promise<string | undefined> {
  if (policies(hook).includes("before-hook-creation")) remove(cluster, hook);
  applyObject(cluster.api, hook, { manager });
  try {
    await waitForHealth(cluster, [{ ...watchedObject(cluster, hook), health }], timeoutMs);
    return undefined;
  } catch (error) {
    if (!(error instanceof HealthFailure)) throw error;
    return error.cause;
  }
}

// A hook's pod has to end; one that only runs is not done.
function health(object: KubeObject | undefined): Health {
  const { phase } = (object?.status ?? {}) as { readonly phase?: string };
  if (object?.kind === "Pod" && phase === "Running") return "InProgress";
  return objectHealth(object);
}

function policies({ metadata }: KubeObject): readonly string[] {
  const text = metadata.annotations?.["helm.sh/hook-delete-policy"] ?? "before-hook-creation";
  return text.split(",").map((policy) => policy.trim());
}

function remove(cluster: Cluster, { apiVersion, kind: name, metadata }: KubeObject): void {
  const kind = kindOf(cluster, apiVersion, name);
  if (cluster.api.store.get({ kind, ...metadata }))
    deleteObject(cluster.api, { kind, ...metadata });
}

function byWeight(a: KubeObject, b: KubeObject): number {
  const weight = ({ metadata }: KubeObject) =>
    Number(metadata.annotations?.["helm.sh/hook-weight"] ?? 0);
  return weight(a) - weight(b) || (a.metadata.name < b.metadata.name ? -1 : 1);
}
