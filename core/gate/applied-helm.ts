// "applied", for what has no git revision of its own: HelmReleases, and nested Kustomizations that
// build from another source. Their parent brings X; then their own word counts.
import { objectName } from "../manifests/object-name.ts";
import { findCondition } from "../flux/condition.ts";
import type { FluxApplier, HelmChart, HelmRelease } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { readiness } from "../flux/readiness.ts";
import { shortRevision } from "../flux/revision.ts";
import { kustomizationApplied, stoppedText } from "./applied.ts";
import { areMadeOfX } from "./before-x.ts";
import { parentsOf } from "./bringers.ts";
import { broughtAlong } from "./brought-along.ts";
import { isChanged } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";
import { containsCommit, isBound } from "./cluster-view.ts";
import type { Concerned } from "./concerned.ts";
import { whyNotReady } from "./held-by.ts";
import {
  changeUnderOldVersion,
  chartTried,
  gitChartOf,
  hasChartChanged,
  untoldPacking,
  type GitChart,
} from "./git-chart.ts";
import { valuesSettled } from "./helm-values.ts";
import type { GateMemory } from "./memory.ts";
import { notFetched, sourceSettled } from "./source-settled.ts";
import type { Step, Unmet } from "./step.ts";
import { holds, untold, waits } from "./step.ts";
import { inputsSettled } from "./inputs-settled.ts";

/** Has a concerned object applied X, each kind by its own rule? */
export function isApplied(view: ClusterView, concerned: Concerned, memory: GateMemory): Step {
  const { object, own, brought } = concerned;
  if (isBound(view, object)) {
    // It may have applied X as it was before X changed it.
    const late = own || brought ? lateParent(view, concerned) : undefined;
    if (late !== undefined) return late;
    const applied = kustomizationApplied(view, object);
    if (!applied.ok) return applied;
    const source = sourceSettled(view, object, memory);
    const values = source.ok ? inputsSettled(view, concerned, memory) : source;
    return values.ok ? holds(`${applied.text}${remark(source)}`) : values;
  }
  const stopped = stoppedText(object);
  if (stopped !== undefined) return stopped;
  const attempted = hasAttempted(view, concerned, memory);
  if (!attempted.ok) return attempted;
  const state = readiness(object);
  if (state.state === "ready" && object.observedGeneration >= object.generation) {
    const version = shortRevision(object.lastAttemptedRevision);
    return holds(`ready with ${version}${ignoredIn(object)}${remark(attempted)}`);
  }
  if (state.state === "ready") return waits("applied", "its newest generation is not done yet");
  return waits("applied", whyNotReady(view, object, state));
}

// What nobody can tell is enough here, and is said.
function remark({ text }: Step): string {
  return text === "" ? "" : `; ${text}`;
}

// What a release is Ready without: its owner wants it so, and whoever reads that it is well may not know.
function ignoredIn(object: FluxApplier): string {
  if (object.kind !== "HelmRelease") return "";
  const test = findCondition(object.conditions, "TestSuccess");
  const tests =
    test?.status === "False" ? ", though its Helm test failed (test.ignoreFailures)" : "";
  const jobs = object.skipsJobs ? ", whatever becomes of its Jobs (disableWaitForJobs)" : "";
  return `${tests}${jobs}`;
}

/** Is what the object says about X, and not about what was there before? */
export function hasAttempted(view: ClusterView, concerned: Concerned, memory: GateMemory): Step {
  const { object } = concerned;
  const late = lateParent(view, concerned);
  if (late !== undefined) return late;
  const source = sourceSettled(view, object, memory);
  if (!source.ok) return source;
  if (object.kind !== "HelmRelease") {
    const inputs = inputsSettled(view, concerned, memory);
    return inputs.ok ? source : inputs;
  }
  if (isOfOlderAttempt(object)) {
    const text = `what it says is of an earlier attempt than generation ${object.generation}`;
    return waits("applied", text, "Decided by its next attempt");
  }
  const values = valuesSettled(view, concerned, memory);
  const chart = values.ok ? chartSettled(view, object, memory) : values;
  return chart.ok ? holds([source.text, chart.text].filter(Boolean).join("; ")) : chart;
}

/** What brings the object, where that has not applied X yet: why not. */
export function lateParent(view: ClusterView, { parents }: Concerned): Unmet | undefined {
  const queue = new Set(parents);
  // Grows while it is walked; a Kustomization may hold itself.
  for (const parent of queue) {
    const step = kustomizationApplied(view, parent);
    if (step.ok) {
      // It may have applied X as it was before X changed it, too.
      const isOther = isChanged(view, parent) || broughtAlong(view).has(fluxKey(parent));
      if (isOther) for (const one of parentsOf(view, parent)) queue.add(one);
      continue;
    }
    const what = `${objectName(parent)} has not applied ${shortRevision(view.commit)} yet`;
    return { ...step, text: `${what}: ${step.text}` };
  }
  return undefined;
}

// How an attempt ended (helm-controller's reasons): after a change of the spec the end of the one before
// stands there until the next is tried.
const ends = new Set([
  ...["InstallFailed", "UpgradeFailed", "TestFailed", "RollbackSucceeded", "RollbackFailed"],
  ...["UninstallSucceeded", "UninstallFailed"],
]);
// After an attempt: whatever else Flux does not try again is said before one (atomic_release.go).
const givenUp = new Set(["RetriesExceeded", "MissingRollbackTarget"]);

/** Is what a release says of an attempt at another spec than it has now? */
export function isOfOlderAttempt({
  conditions,
  generation,
  lastAttemptedGeneration,
}: HelmRelease): boolean {
  if (lastAttemptedGeneration === undefined || lastAttemptedGeneration >= generation) return false;
  const stalled = findCondition(conditions, "Stalled");
  if (stalled?.status === "True" && givenUp.has(stalled.reason)) return true;
  return ends.has(findCondition(conditions, "Ready")?.reason ?? "");
}

// Ready comes a call before the artefact too; it names the version (internal/helm/chart/builder.go, Summary).
function notPacked(chart: HelmChart, name: string): Step | undefined {
  const ready = findCondition(chart.conditions, "Ready")?.message ?? "";
  const [, version] = / chart with version '([^']+)'/.exec(ready) ?? [];
  if (version === undefined || version === chart.artifactRevision) return notFetched(chart, name);
  return waits("applied", `${name} does not give version ${version} yet, which it packed`);
}

function chartSettled(view: ClusterView, release: HelmRelease, memory: GateMemory): Step {
  const inGit = gitChartOf(view, release);
  if (inGit === undefined) return holds("");
  const chart = inGit.object;
  if (chart === undefined) return waits("applied", "its HelmChart has not been seen yet");
  const name = objectName(chart);
  const wanted = shortRevision(view.commit);
  if (containsCommit(view, chart.observedSourceArtifactRevision) !== "yes") {
    const state = readiness(chart);
    const why = state.state === "ready" || !("cause" in state) ? "" : `: ${state.cause}`;
    return waits("applied", `${name} is not packed from ${wanted} yet${why}`);
  }
  // What it looked at last is written before it has packed that (helmchart_controller.go, observeChartBuild).
  const packed = hasChartChanged(view, inGit) ? notPacked(chart, name) : undefined;
  if (packed !== undefined) return packed;
  const tried = chartTried(release, chart);
  if (!tried.ok) return tried;
  const packs = packingTold(view, inGit);
  if (!packs.ok) return packs;
  const changed = changeUnderOldVersion(view, chart);
  // Of what X itself brings there is no older chart, and no release of one.
  const isNew =
    isChanged(view, release) &&
    areMadeOfX(view, [release, chart], { source: chart.source, memory });
  if (changed !== undefined && !isNew) {
    return waits(
      "applied",
      `X changed ${changed} but not the version ${chart.artifactRevision ?? "?"} in Chart.yaml, so Flux goes on with the chart as it was: a new version would settle it, or reconcileStrategy: Revision`,
    );
  }
  return packs;
}

function packingTold(view: ClusterView, chart: GitChart): Step {
  const why = untoldPacking(view, chart);
  if (why === undefined) return holds("");
  const text = `whether X changed what its chart packs of other folders cannot be told: ${why}`;
  const decides = "Decided when that can be read, or where healthUnknownSucceeds is set";
  return untold(view.input.environment, text, decides);
}
