import type { KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { AppliedObject } from "./apply-manifests.ts";
import { find } from "./conditions.ts";
import { formatDuration } from "./durations.ts";
import { shortName } from "./inventory.ts";
import { emit } from "./kustomization-events.ts";
import type { Attempt, KustomizationSpec } from "./kustomization-spec.ts";
import { reportHealth, reportStep, statusOf } from "./kustomization-status.ts";
import { waitForHealth } from "./wait-for-health.ts";

/** Waits for what `wait` or `healthChecks` ask for. @throws HealthFailure */
export async function checkHealth(
  cluster: Cluster,
  { object, spec, artifact, timeoutMs }: Attempt,
  { applied, changed }: { readonly applied: readonly AppliedObject[]; readonly changed: boolean },
): Promise<void> {
  const watched = watchedObjects(cluster, spec, applied).filter(
    ({ name }) => name !== shortName(object),
  );
  if (watched.length === 0) return reportHealth(cluster, object);
  const { revision } = artifact;
  const before = statusOf(cluster, object);
  const wasHealthy = find(before.conditions ?? [], "Healthy")?.status === "True";
  const isNew = before.lastAppliedRevision !== revision;
  const timeout = formatDuration(timeoutMs);
  const message = `Running health checks for revision ${revision} with a timeout of ${timeout}`;
  reportStep(cluster, object, { message, healthy: true });
  const start = Date.now();
  await waitForHealth(cluster, watched, timeoutMs);
  if (cluster.signal.aborted) return;
  const passed = `Health check passed in ${formatDuration(Date.now() - start)}`;
  if (!wasHealthy || (isNew && changed)) {
    emit(cluster, object, { type: "Normal", message: passed, revision });
  }
  reportHealth(cluster, object, passed);
}

function watchedObjects(
  cluster: Cluster,
  { wait, healthChecks = [] }: KustomizationSpec,
  applied: readonly AppliedObject[],
) {
  const references: readonly KubeObject[] = wait
    ? applied.filter(({ action }) => action !== "skipped").map(({ object }) => object)
    : healthChecks.map(({ apiVersion, kind, ...metadata }) => ({ apiVersion, kind, metadata }));
  return references.map((object) => ({
    name: shortName(object),
    read: () => {
      const kind = kindOf(cluster, object.apiVersion, object.kind);
      return cluster.api.store.get({ kind, ...object.metadata });
    },
  }));
}
