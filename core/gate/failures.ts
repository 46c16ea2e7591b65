// Which failures count, and which are only said (design.md 4.6, "Failed").
import { objectName } from "../manifests/object-name.ts";
import { notReadyText } from "../flux/not-ready-text.ts";
import { commitOf, shortRevision } from "../flux/revision.ts";
import type { FluxApplier, FluxObject } from "../flux/flux-object.ts";
import { readiness } from "../flux/readiness.ts";
import type { Patience, Readiness } from "../flux/readiness.ts";
import { hasAttempted, isOfOlderAttempt, lateParent } from "./applied-helm.ts";
import { attemptedRevision, kustomizationApplied, objectsApplied } from "./applied.ts";
import { isOfThisSpec } from "./begun.ts";
import { isOfBefore } from "./before-x.ts";
import { containsCommit, isBound } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { Concerned } from "./concerned.ts";
import { gitChartOf, hasChartChanged } from "./git-chart.ts";
import { healthKey } from "./health-key.ts";
import { failureText, healthOf, needsHealth } from "./healthy.ts";
import type { GateMemory } from "./memory.ts";
import { memoryKey } from "./memory.ts";
import type { LiveObject, Present } from "./inventories.ts";
import { namesChange, namesChangedFile } from "./names-change.ts";

export type Failure = {
  /** Of the memory: cluster and object. */
  readonly key: string;
  readonly patience: Patience;
  readonly text: string;
};

export type Failures = {
  /** By X. */
  readonly counted: readonly Failure[];
  /** Said, because they are not of X. */
  readonly noted: readonly string[];
  /** Keys of what does not fail at this moment, and is not well either. */
  readonly recovering: readonly string[];
};

type Failing = Extract<Readiness, { readonly state: "failing" }>;
type Looked = { readonly concerned: readonly Concerned[]; readonly memory: GateMemory };

/** What fails in a cluster. */
export function failuresIn(
  view: ClusterView,
  live: readonly LiveObject[],
  { concerned, memory }: Looked,
): Failures {
  const all = [
    ...concerned.map((each) => ofApplier(view, each, memory)),
    ...concerned.map((each) => ofChart(view, each)),
    ...live.map((each) => ofObject(view, each, { concerned, memory })),
  ];
  return {
    counted: all.flatMap(({ counted }) => counted ?? []),
    noted: [...new Set(all.flatMap(({ noted }) => noted ?? []))],
    recovering: all.flatMap(({ recovering }) => recovering ?? []),
  };
}

type One = {
  readonly counted?: Failure;
  readonly noted?: string;
  readonly recovering?: string;
};

function ofApplier(view: ClusterView, each: Concerned, memory: GateMemory): One {
  // Until what brings it has applied X it is as it was before X changed it, or took it away.
  const isOld = (each.own || each.brought) && lateParent(view, each) !== undefined;
  if (isOld || isOfEarlierAttempt(view, each.object))
    return { recovering: memoryKey(view.cluster, each.object) };
  return ofFlux(view, each.object, (state) => counts(view, each, { state, memory }));
}

function isOfEarlierAttempt(view: ClusterView, object: FluxApplier): boolean {
  if (object.kind === "HelmRelease") return isOfOlderAttempt(object);
  return isBound(view, object) && !isOfThisSpec(view, object);
}

function ofFlux(view: ClusterView, object: FluxObject, isOurs: (state: Failing) => boolean): One {
  const key = memoryKey(view.cluster, object);
  const state = readiness(object);
  if (state.state !== "failing") return state.state === "ready" ? {} : { recovering: key };
  const text = `${objectName(object)}: ${notReadyText(state)}`;
  if (isOurs(state)) return { counted: { key, patience: patienceWith(view, object, state), text } };
  return { noted: `${text} (not of what changed here)` };
}

// At once only what no retry changes, and what is plainly of X: another team's file is its own to
// mend, and who answers for the API server may be out of order.
function patienceWith(view: ClusterView, object: FluxObject, state: Failing): Patience {
  if (state.stalled || view.input.everything === true) return state.patience;
  if (object.kind !== "Kustomization") return state.patience;
  if (state.reason === "BuildFailed") {
    return namesChangedFile(view, state.message, object.path) ? "none" : "grace";
  }
  return namesChange(view, state.message) ? state.patience : "grace";
}

// A chart of this repository that cannot be packed; its HelmRelease only says that it waits for it.
function ofChart(view: ClusterView, { object, touched }: Concerned): One {
  const chart = touched ? gitChartOf(view, object) : undefined;
  if (chart?.object === undefined) return {};
  const { observedSourceArtifactRevision: revision } = chart.object;
  const changed = hasChartChanged(view, chart);
  return ofFlux(
    view,
    chart.object,
    () =>
      containsCommit(view, revision) === "yes" && (changed || commitOf(revision) === view.commit),
  );
}

function ofObject(view: ClusterView, live: LiveObject, looked: Looked): One {
  if (live.state !== "present" || !needsHealth(live)) return {};
  const key = `${view.cluster.name}|${healthKey(live.applier, live.identity)}`;
  const health = healthOf(view, live);
  const text = (cause: string) => `${objectName(live.identity)}: ${cause}`;
  if (health !== undefined && health.state !== "current" && !live.touched) {
    const cause = "cause" in health ? health.cause : health.state;
    return isOfBefore(view, live, looked.memory)
      ? { noted: `${text(cause)} (so before ${shortRevision(view.commit)} came)` }
      : {};
  }
  if (health?.state === "in-progress") return { recovering: key };
  if (health?.state !== "failed" || !isOfX(view, live, looked)) return {};
  return { counted: { key, patience: "grace", text: text(failureText(health)) } };
}

function counts(
  view: ClusterView,
  concerned: Concerned,
  { state, memory }: { readonly state: Failing; readonly memory: GateMemory },
): boolean {
  const { object, touched, own, parents } = concerned;
  if (!touched) return false;
  if (!isBound(view, object)) return hasAttempted(view, concerned, memory).ok;
  // What X wrote into its spec keeps it from attempting anything.
  const brought = own && parents.some((parent) => kustomizationApplied(view, parent).ok);
  if (state.stalled && brought) return true;
  const attempted = attemptedRevision(view, object);
  if (containsCommit(view, attempted) !== "yes") return false;
  const named = namesChange(view, state.message);
  // All of the revision is in the cluster: what changed is judged by its own health.
  if (state.reason === "HealthCheckFailed") return named;
  return named || commitOf(attempted) === view.commit;
}

// The object in the cluster is what X made of it, not what was there before.
function isOfX(view: ClusterView, { applier }: Present, { concerned, memory }: Looked): boolean {
  if (isBound(view, applier)) return objectsApplied(view, applier);
  const known = concerned.find(({ object }) => object === applier);
  return known !== undefined && hasAttempted(view, known, memory).ok;
}
