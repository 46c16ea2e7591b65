// helm-controller's HelmRelease (v1.6): what stands around the work on one release.
import { applyObject, deleteObject } from "../api/admit.ts";
import { objectKey, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { find } from "../toolkit/conditions.ts";
import { formatDuration, parseDuration } from "../toolkit/durations.ts";
import {
  fluxObject,
  handledRequest,
  removeFinalizer,
  requestedAt,
  withFinalizer,
  type FluxStatus,
} from "../toolkit/flux-object.ts";
import { sourceVersion, type Artifact, type SourceStatus } from "../toolkit/source-progress.ts";
import { draftOf, persist, setCondition } from "../toolkit/status-draft.ts";
import { releaseNameOf, type HelmReleaseSpec } from "./helm-release-spec.ts";
import {
  helmReleaseVersion,
  type HelmReleaseStatus,
  type ReleaseDraft,
} from "./helm-release-status.ts";
import { loadChart, type LoadedChart } from "./load-chart.ts";
import { reconcileRelease, type ReleaseEnd } from "./reconcile-release.ts";
import { emit } from "./release-events.ts";
import { BuildFailure, manager } from "./release-resources.ts";
import { composeValues, digestOfValues, ValuesFailure, type Values } from "./release-values.ts";
import { RenderFailure } from "./render-chart.ts";
import { uninstall } from "./uninstall.ts";

const resetAnnotation = "reconcile.fluxcd.io/resetAt";

export async function reconcileHelmRelease(cluster: Cluster, key: string): Promise<Again> {
  const at = { apiVersion: helmReleaseVersion, kind: "HelmRelease", key };
  const found = fluxObject(cluster, at);
  if (!found) return undefined;
  if (found.metadata.deletionTimestamp) return finalize(cluster, found);
  const object = withFinalizer(cluster, found);
  const spec = object.spec as HelmReleaseSpec;
  if (spec.suspend) return undefined;
  const draft = draftOf<HelmReleaseStatus>(object);
  writeHelmChart(cluster, draft, spec);
  const message = "Fulfilling prerequisites";
  setCondition(draft, { type: "Reconciling", status: "True", reason: "Progressing", message });
  persist(cluster, draft);
  const again = await pass(cluster, draft, spec);
  draft.status = { ...draft.status, ...handledRequest(object) };
  persist(cluster, draft);
  return again;
}

async function pass(cluster: Cluster, draft: ReleaseDraft, spec: HelmReleaseSpec): Promise<Again> {
  const { requeueDependency } = cluster.timings;
  const unmet = unmetDependency(cluster, draft.object, spec);
  if (unmet !== undefined) {
    notReady(draft, "DependencyNotReady", unmet);
    emit(cluster, draft, { type: "Normal", reason: "DependencyNotReady", message: unmet });
    return requeueDependency;
  }
  const source = readSource(cluster, draft.object, spec);
  if (typeof source === "string") {
    notReady(draft, "SourceNotReady", source);
    return requeueDependency;
  }
  const values = readValues(cluster, draft);
  if (!values) return "retry";
  const chart = await loadChart(cluster, source);
  if (!chart) {
    const soon = formatDuration(requeueDependency);
    const message = `Source not ready: artifact not found. Retrying in ${soon}`;
    notReady(draft, "ArtifactFailed", message);
    return requeueDependency;
  }
  return attempt(cluster, draft, { chart, values });
}

async function attempt(
  cluster: Cluster,
  draft: ReleaseDraft,
  { chart, values }: { readonly chart: LoadedChart; readonly values: Values },
): Promise<Again> {
  const { object } = draft;
  const spec = object.spec as HelmReleaseSpec;
  const release = releaseNameOf(object);
  const configDigest = digestOfValues(values);
  const lastAttemptedGeneration = object.metadata.generation ?? 1;
  const { status } = draft;
  const isSame =
    status.lastAttemptedGeneration === lastAttemptedGeneration &&
    status.lastAttemptedRevision === chart.version &&
    status.lastAttemptedConfigDigest === configDigest &&
    !asksForReset(draft);
  const resetAt = object.metadata.annotations?.[resetAnnotation];
  draft.status = {
    ...(isSame ? status : withoutFailures(status)),
    storageNamespace: release.storageNamespace,
    lastAttemptedGeneration,
    lastAttemptedRevision: chart.version,
    lastAttemptedConfigDigest: configDigest,
    ...(resetAt === undefined ? {} : { lastHandledResetAt: resetAt }),
  };
  let end: ReleaseEnd;
  try {
    end = await reconcileRelease(cluster, { draft, spec, release, chart, values, configDigest });
  } catch (error) {
    if (error instanceof RenderFailure || error instanceof BuildFailure) return "retry";
    throw error;
  }
  if (end === "again") return "retry";
  draft.status = { ...draft.status, observedGeneration: lastAttemptedGeneration };
  return end === "done" ? (parseDuration(spec.interval) ?? 60_000) : undefined;
}

// Counts with the newest request alone (api/v2/annotations.go, ShouldHandleResetRequest).
function asksForReset({ object, status }: ReleaseDraft): boolean {
  const { [requestedAt]: requested, [resetAnnotation]: reset } = object.metadata.annotations ?? {};
  const handled = [status.lastHandledReconcileAt, status.lastHandledResetAt];
  return reset !== undefined && reset === requested && !handled.includes(reset);
}

// What failed with another chart, other values or another spec counts no more.
function withoutFailures(status: HelmReleaseStatus): HelmReleaseStatus {
  const fields = Object.entries(status).filter(([name]) => !/failures$/i.test(name));
  return Object.fromEntries(fields);
}

function readValues(cluster: Cluster, draft: ReleaseDraft): Values | undefined {
  try {
    return composeValues(cluster, draft.object);
  } catch (error) {
    if (!(error instanceof ValuesFailure)) throw error;
    const { message } = error;
    notReady(draft, "ValuesError", message);
    emit(cluster, draft, { type: "Warning", reason: "ValuesError", message });
    return undefined;
  }
}

function notReady(draft: ReleaseDraft, reason: string, message: string): void {
  setCondition(draft, { type: "Ready", status: "False", reason, message });
}

function unmetDependency(
  cluster: Cluster,
  { metadata }: KubeObject,
  { dependsOn = [] }: HelmReleaseSpec,
): string | undefined {
  for (const { name, namespace = metadata.namespace ?? "" } of dependsOn) {
    const key = objectKey({ namespace, name });
    const at = { apiVersion: helmReleaseVersion, kind: "HelmRelease", key };
    const dependency = fluxObject(cluster, at);
    if (!dependency) {
      return `unable to get '${key}' dependency: helmreleases.helm.toolkit.fluxcd.io "${name}" not found`;
    }
    const { conditions = [], observedGeneration } = (dependency.status ?? {}) as FluxStatus;
    const isReady = find(conditions, "Ready")?.status === "True";
    if (!isReady || observedGeneration !== dependency.metadata.generation) {
      return `dependency '${key}' is not ready`;
    }
  }
  return undefined;
}

function chartAt({ metadata }: KubeObject, { chart, chartRef }: HelmReleaseSpec) {
  const own = metadata.namespace ?? "";
  if (chartRef) return { ...chartRef, namespace: chartRef.namespace ?? own };
  const namespace = chart?.spec.sourceRef.namespace ?? own;
  return { kind: "HelmChart", name: `${own}-${metadata.name}`, namespace };
}

/** The artifact of the chart, or why there is none yet. */
function readSource(
  cluster: Cluster,
  object: KubeObject,
  spec: HelmReleaseSpec,
): Artifact | string {
  const { kind, ...metadata } = chartAt(object, spec);
  const key = objectKey(metadata);
  const source = fluxObject(cluster, { apiVersion: sourceVersion, kind, key });
  const why = (cause: string) => `${kind} '${key}' is not ready: ${cause}`;
  if (!source) return why("does not exist");
  const { conditions = [], observedGeneration, artifact } = (source.status ?? {}) as SourceStatus;
  const ready = find(conditions, "Ready");
  if (observedGeneration !== source.metadata.generation) {
    const early = "latest generation of object has not been reconciled";
    return why(ready?.status === "False" ? ready.message : early);
  }
  const stalled = find(conditions, "Stalled");
  if (stalled?.status === "True") return why(stalled.message);
  return artifact ?? why("does not have an artifact");
}

// `spec.chart` is a template: the controller keeps a HelmChart of it.
function writeHelmChart(cluster: Cluster, draft: ReleaseDraft, spec: HelmReleaseSpec): void {
  const { chart, interval } = spec;
  if (!chart) return;
  const { object } = draft;
  const { kind, ...at } = chartAt(object, spec);
  const labels = {
    "helm.toolkit.fluxcd.io/name": object.metadata.name,
    "helm.toolkit.fluxcd.io/namespace": object.metadata.namespace ?? "",
  };
  const { sourceRef, ...rest } = chart.spec;
  const { kind: sourceKind, name } = sourceRef;
  const template = { interval, ...rest, sourceRef: { kind: sourceKind, name } };
  const written = { apiVersion: sourceVersion, kind, metadata: { ...at, labels }, spec: template };
  const { action } = applyObject(cluster.api, written, { manager, force: true });
  draft.status = { ...draft.status, helmChart: objectKey(at) };
  if (action === "unchanged") return;
  const word = action === "created" ? "Created" : "Configured";
  const source = `${sourceKind}/${at.namespace}/${name}`;
  const message = `${word} HelmChart/${objectKey(at)} with SourceRef '${source}'`;
  emit(cluster, draft, { type: "Normal", reason: `HelmChart${word}`, message, quiet: true });
}

function finalize(cluster: Cluster, object: KubeObject): undefined {
  const spec = object.spec as HelmReleaseSpec;
  const draft = draftOf<HelmReleaseStatus>(object);
  if (!spec.suspend) {
    uninstall(cluster, draft);
    const [namespace = "", name = ""] = draft.status.helmChart?.split("/") ?? [];
    const kind = kindOf(cluster, sourceVersion, "HelmChart");
    if (cluster.api.store.get({ kind, namespace, name })) {
      deleteObject(cluster.api, { kind, namespace, name });
    }
  }
  removeFinalizer(cluster, object);
}
