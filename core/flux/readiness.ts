// Flux' conditions in the words of design.md 4.6. Which reason means what: Flux 2.9's sources.
// A reason that is not known is read by its condition's status alone.
import { fitted } from "../fitted.ts";
import type { Condition } from "./condition.ts";
import { findCondition } from "./condition.ts";
import type { FluxObject } from "./flux-object.ts";
import { fluxKindOf } from "./kinds/flux-kinds.ts";
import { isSchemaRefusal } from "./schema-refusal.ts";

/** How long a failure may last before it counts. */
export type Patience = "none" | "grace";

export type Readiness =
  | { readonly state: "ready" }
  | { readonly state: "progressing"; readonly reason: string; readonly cause: string }
  /** For something else; never fails by itself. */
  | { readonly state: "waiting"; readonly reason: string; readonly cause: string }
  | {
      readonly state: "failing";
      readonly reason: string;
      /** The controller's own message, as one line. */
      readonly cause: string;
      /** The same, whole. */
      readonly message: string;
      readonly patience: Patience;
      /** Flux does not try again by itself. */
      readonly stalled: boolean;
    }
  | { readonly state: "suspended"; readonly cause: string }
  | { readonly state: "unknown"; readonly cause: string };

const progressing = new Set(["Progressing", "ProgressingWithRetry"]);

const waiting = new Set([
  "DependencyNotReady",
  "HealthCheckCanceled",
  "ArtifactFailed",
  "SourceNotReady",
  "SourceFetchFailed",
]);

// Helm's remediation went well: the attempt that it undid did not.
const undone = new Set(["RollbackSucceeded", "UninstallSucceeded"]);

// Chart problems that lie in the chart's own files (source-controller internal/helm/chart/errors.go);
// whatever else stops a source is an outage.
const brokenChart = new Set([
  "ChartPackageError",
  "InvalidChartReference",
  "MetadataPatchError",
  "ValuesFilesError",
]);

// An ArtifactFailed that is no outage: the artefact is there, the path is not in it.
const pathMissing = /^kustomization path not found/;

/** What a Flux object says of itself, now and at its current generation. */
export function readiness(object: FluxObject): Readiness {
  if (object.deleting) return { state: "unknown", cause: "it is being deleted" };
  if (object.suspended) return { state: "suspended", cause: suspendedText(object) };
  const stalled = findCondition(object.conditions, "Stalled");
  if (stalled?.status === "True" && isCurrent(object, stalled)) return failing(stalled, true);
  const ready = findCondition(object.conditions, "Ready");
  // source-controller leaves a registry's alone since Flux 2.3: there is nothing to fetch.
  if (ready === undefined && object.kind === "HelmRepository" && object.oci) {
    return { state: "ready" };
  }
  if (ready === undefined) {
    return { state: "unknown", cause: "its controller has not said anything yet" };
  }
  if (!isCurrent(object, ready)) {
    const cause = `its controller has not looked at generation ${object.generation} yet`;
    return { state: "progressing", reason: "Progressing", cause };
  }
  if (ready.status === "True" && isOfOlderSpec(object)) {
    const cause = `its controller has not finished generation ${object.generation} yet`;
    return { state: "progressing", reason: "Progressing", cause };
  }
  return readyState(object, ready);
}

// Flux' controllers write conditions first and all else after, and say of a condition the generation that
// is there when it is written, whichever was worked on (fluxcd/pkg runtime/patch, patchStatusConditions).
// Who is ready says so in both; a kind without the field (ExternalArtifact) has 0.
function isOfOlderSpec({ generation, observedGeneration }: FluxObject): boolean {
  return observedGeneration !== 0 && observedGeneration < generation;
}

function readyState(object: FluxObject, ready: Condition): Readiness {
  const { reason } = ready;
  if (undone.has(reason)) return failing(undoneAttempt(object, ready), false);
  if (ready.status === "True") return runningAction(object) ?? { state: "ready" };
  const cause = oneLine(ready.message) || reason || "no message";
  if (pathMissing.test(ready.message)) return failing(ready, false);
  if (waiting.has(reason)) return { state: "waiting", reason, cause };
  if (ready.status === "Unknown" || progressing.has(reason)) {
    return { state: "progressing", reason, cause: progressText(object) ?? cause };
  }
  if (isSource(object) && !brokenChart.has(reason)) return { state: "waiting", reason, cause };
  return failing(ready, false);
}

/** Has the controller seen the object as it is now? A failing one says so only in its conditions. */
export function isCurrent(object: FluxObject, condition: Condition | undefined): boolean {
  const seen = condition?.observedGeneration ?? object.observedGeneration;
  return seen >= object.generation;
}

// Ready says that the way back went well; why it was gone stands beside it (helm-controller, summarize).
function undoneAttempt({ conditions }: FluxObject, ready: Condition): Condition {
  const failed = ["Released", "TestSuccess"]
    .map((type) => findCondition(conditions, type))
    .find((one) => one?.status === "False");
  if (failed === undefined) return ready;
  return { ...failed, message: `Helm has undone it (${ready.reason}): ${failed.message}` };
}

function failing(condition: Condition, stalled: boolean): Readiness {
  const { reason, message } = condition;
  const atOnce = stalled || isSchemaRefusal(message);
  const patience = atOnce ? "none" : "grace";
  const cause = oneLine(message) || reason;
  return { state: "failing", reason, cause, message, patience, stalled };
}

// helm-controller tests and mends what it calls Ready already (atomic_release.go, "Running 'test'
// action with timeout of 5m0s").
function runningAction(object: FluxObject): Readiness | undefined {
  const step = object.kind === "HelmRelease" ? progressText(object) : undefined;
  if (step === undefined || !/^Running '/.test(step)) return undefined;
  return { state: "progressing", reason: "Progressing", cause: step };
}

// The Ready condition only says "Reconciliation in progress"; which step it is stands here.
function progressText(object: FluxObject): string | undefined {
  const reconciling = findCondition(object.conditions, "Reconciling");
  return reconciling?.status === "True" ? oneLine(reconciling.message) || undefined : undefined;
}

function isSource(object: FluxObject): boolean {
  return fluxKindOf(object).role === "source";
}

function suspendedText({ suspendedBy }: FluxObject): string {
  if (suspendedBy === undefined) return "suspended, by whom is not recorded";
  const since = suspendedBy.at === undefined ? "" : ` since ${suspendedBy.at}`;
  return `suspended by ${suspendedBy.manager}${since}`;
}

/**
 * Controllers' messages hold line breaks and logs: a cause is one line of at most 500 characters,
 * commits as people read them, without times, which differ whenever the same happens again.
 */
function oneLine(message: string): string {
  const same = message
    .replaceAll(/\bsha1:([0-9a-f]{8})[0-9a-f]{32}\b/g, "sha1:$1")
    .replaceAll(/ with a timeout of [0-9hms.]+$/g, "")
    .replaceAll(/ failed after [0-9hmsnµ.]+(?=:)/g, " failed");
  return fitted(same, 500);
}
