import type { KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import type { AppliedObject } from "./apply-manifests.ts";
import { formatDuration } from "./durations.ts";
import { shortName } from "./inventory.ts";
import { emit } from "./kustomization-events.ts";
import type { Attempt, KustomizationSpec } from "./kustomization-spec.ts";
import { setNotReady, setReconciling } from "./kustomization-status.ts";
import { conditionOf, dropConditions, persist, setCondition } from "./status-draft.ts";
import { HealthFailure, waitForHealth, watchedObject } from "./wait-for-health.ts";

/** Waits for what `wait` or `healthChecks` ask for. @throws HealthFailure */
export async function checkHealth(
  cluster: Cluster,
  { draft, spec, artifact, timeoutMs }: Attempt,
  {
    target,
    applied,
    changed,
  }: {
    /** Where the objects are. */
    readonly target: Cluster;
    readonly applied: readonly AppliedObject[];
    readonly changed: boolean;
  },
): Promise<void> {
  const watched = watchedObjects(target, spec, applied).filter(
    ({ name }) => name !== shortName(draft.object),
  );
  if (watched.length === 0) return dropConditions(draft, "Healthy");
  const { revision } = artifact;
  const wasHealthy = conditionOf(draft, "Healthy")?.status === "True";
  const isNew = draft.status.lastAppliedRevision !== revision;
  const timeout = formatDuration(timeoutMs);
  const message = `Running health checks for revision ${revision} with a timeout of ${timeout}`;
  setReconciling(draft, message);
  setCondition(draft, { type: "Healthy", status: "Unknown", reason: "Progressing", message });
  persist(cluster, draft);
  const start = Date.now();
  try {
    await waitForHealth(cluster, watched, timeoutMs);
  } catch (error) {
    if (error instanceof HealthFailure) {
      const reason = "HealthCheckFailed";
      setNotReady(draft, reason, error.cause);
      setCondition(draft, { type: "Healthy", status: "False", reason, message: error.cause });
    }
    throw error;
  }
  if (cluster.signal.aborted) return;
  const passed = `Health check passed in ${formatDuration(Date.now() - start)}`;
  if (!wasHealthy || (isNew && changed)) {
    emit(cluster, draft, { type: "Normal", message: passed, revision });
  }
  const reason = "Succeeded";
  setCondition(draft, { type: "Healthy", status: "True", reason, message: passed });
  persist(cluster, draft);
}

function watchedObjects(
  cluster: Cluster,
  { wait, healthChecks = [] }: KustomizationSpec,
  applied: readonly AppliedObject[],
) {
  const references: readonly KubeObject[] = wait
    ? applied.filter(({ action }) => action !== "skipped").map(({ object }) => object)
    : healthChecks.map(({ apiVersion, kind, ...metadata }) => ({ apiVersion, kind, metadata }));
  return references.map((object) => watchedObject(cluster, object));
}
