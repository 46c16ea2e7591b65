// "applied", for what has no git revision of its own: HelmReleases, and nested Kustomizations that
// build from another source. Their parent brings X; then their own word counts.
import type { FluxApplier, HelmRelease } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { readiness } from "../flux/readiness.ts";
import { shortRevision } from "../flux/revision.ts";
import { kustomizationApplied, stoppedText } from "./applied.ts";
import type { ClusterView } from "./cluster-view.ts";
import { containsCommit, isBound, objectText } from "./cluster-view.ts";
import type { Concerned } from "./concerned.ts";
import { valuesChanged } from "./concerned.ts";
import { gitChartOf } from "./git-chart.ts";
import type { GateMemory } from "./memory.ts";
import type { Step } from "./step.ts";
import { holds, waits } from "./step.ts";

// Where a HelmRelease does not say its interval (it must).
const usualInterval = 10 * 60_000;

/** Has a concerned object applied X, each kind by its own rule? */
export function isApplied(view: ClusterView, concerned: Concerned, memory: GateMemory): Step {
  const { object } = concerned;
  if (isBound(view, object)) return kustomizationApplied(view, object);
  const stopped = stoppedText(object);
  if (stopped !== undefined) return stopped;
  const attempted = hasAttempted(view, concerned, memory);
  if (!attempted.ok) return attempted;
  const state = readiness(object);
  if (state.state === "ready" && object.observedGeneration >= object.generation) {
    return holds(`ready with ${shortRevision(object.lastAttemptedRevision)}`);
  }
  if (state.state === "ready") return waits("applied", "its newest generation is not done yet");
  const reason = "reason" in state && state.reason !== "Progressing" ? `${state.reason}: ` : "";
  return waits("applied", `${reason}${state.cause}`);
}

/** Is what the object says about X, and not about what was there before? */
export function hasAttempted(view: ClusterView, concerned: Concerned, memory: GateMemory): Step {
  const { object, parents } = concerned;
  const late = parents.find((parent) => !kustomizationApplied(view, parent).ok);
  if (late !== undefined) {
    const wanted = shortRevision(view.commit);
    return waits("applied", `${objectText(late)} has not applied ${wanted} yet`);
  }
  if (object.kind !== "HelmRelease") return holds("");
  const values = valuesSettled(view, object, memory);
  return values.ok ? chartSettled(view, object) : values;
}

function valuesSettled(view: ClusterView, release: HelmRelease, memory: GateMemory): Step {
  if (!valuesChanged(view, release)) return holds("");
  const key = memoryKey(view, release);
  const before = memory.configDigest[key];
  if (before !== undefined && before !== (release.lastAttemptedConfigDigest ?? ""))
    return holds("");
  const since = memory.parentApplied[key] ?? view.now;
  if (view.now - since >= (release.interval ?? usualInterval)) return holds("");
  return waits("applied", "has not taken the changed values yet");
}

function chartSettled(view: ClusterView, release: HelmRelease): Step {
  const inGit = gitChartOf(view, release);
  if (inGit === undefined) return holds("");
  const chart = inGit.object;
  if (chart === undefined) return waits("applied", "its HelmChart has not been seen yet");
  const name = objectText(chart);
  const wanted = shortRevision(view.commit);
  if (containsCommit(view, chart.observedSourceArtifactRevision) !== "yes") {
    const state = readiness(chart);
    const why = state.state === "ready" || !("cause" in state) ? "" : `: ${state.cause}`;
    return waits("applied", `${name} is not packed from ${wanted} yet${why}`);
  }
  if (chart.artifactRevision !== release.lastAttemptedRevision) {
    return waits("applied", `has not tried chart version ${chart.artifactRevision ?? "?"} yet`);
  }
  return holds("");
}

/** Notes the values digest while the parent is behind X, and when the parent caught up. */
export function rememberReleases(
  view: ClusterView,
  concerned: readonly Concerned[],
  memory: GateMemory,
): GateMemory {
  let { parentApplied, configDigest } = memory;
  for (const { object, parents } of concerned) {
    if (object.kind !== "HelmRelease") continue;
    const key = memoryKey(view, object);
    if (parents.every((parent) => kustomizationApplied(view, parent).ok)) {
      parentApplied = { [key]: view.now, ...parentApplied };
    } else if (parentApplied[key] === undefined) {
      configDigest = { ...configDigest, [key]: object.lastAttemptedConfigDigest ?? "" };
    }
  }
  return { ...memory, parentApplied, configDigest };
}

/** Keys of the memory: objects of different clusters never meet. */
function memoryKey(view: ClusterView, object: FluxApplier): string {
  return `${view.cluster.name}|${fluxKey(object)}`;
}
