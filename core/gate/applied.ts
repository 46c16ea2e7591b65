// "applied", for a Kustomization.
import { objectName } from "../manifests/object-name.ts";
import { findCondition } from "../flux/condition.ts";
import type { FluxApplier, FluxObject, Kustomization } from "../flux/flux-object.ts";
import { notReadyText } from "../flux/not-ready-text.ts";
import { isCurrent, readiness } from "../flux/readiness.ts";
import { shortRevision } from "../flux/revision.ts";
import { findFlux } from "../flux/flux-index.ts";
import { isOfThisSpec } from "./begun.ts";
import { containsCommit } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import { whyNotReady } from "./held-by.ts";
import type { Step } from "./step.ts";
import { holds, waits } from "./step.ts";

/** Has a Kustomization on this branch applied X? */
export function kustomizationApplied(view: ClusterView, k: Kustomization): Step {
  const stopped = stoppedText(k);
  if (stopped !== undefined) return stopped;
  const revision = appliedRevision(k);
  const contains = containsCommit(view, revision);
  const observed = k.observedGeneration >= k.generation;
  if (observed && contains === "yes") return holds(`applied ${shortRevision(revision)}`);
  if (appliedButUnhealthy(view, k)) {
    return holds(`applied ${shortRevision(k.lastAttemptedRevision)}, its health check failed`);
  }
  const unfinished = observed ? undefined : unfinishedText(view, k);
  if (unfinished !== undefined) return waits("applied", unfinished);
  if (contains === "unknown" && revision !== undefined) {
    const of = shortRevision(view.commit);
    const text = `cannot tell whether ${shortRevision(revision)} contains ${of}`;
    return waits("applied", text, "Decided when Azure DevOps tells, or by the next revision");
  }
  return missingRevision(view, k);
}

// What stops at its dependency, or fails, before it has ever finished says so only in its condition.
function unfinishedText(view: ClusterView, k: Kustomization): string | undefined {
  const ready = findCondition(k.conditions, "Ready");
  const text = `its controller has not finished generation ${k.generation} yet`;
  if (ready?.status !== "False" || !isCurrent(k, ready)) return text;
  if (isOfThisSpec(view, k)) return undefined;
  const state = readiness(k);
  const said = state.state === "ready" ? "" : `: ${notReadyText(state)}`;
  const tells = `its next end tells (at its retryInterval, or: flux reconcile kustomization ${k.name} -n ${k.namespace})`;
  return `${text}; what it says may be of the one before${said}; ${tells}`;
}

/** Suspended or being deleted: whatever its status says is over. */
export function stoppedText(object: FluxApplier): Step | undefined {
  const state = readiness(object);
  if (object.deleting) {
    const decides = "Decided when it is gone (its finalizers hold it until then) and made anew";
    return waits("applied", "it is being deleted", decides);
  }
  return state.state === "suspended" ? waits("suspended", state.cause) : undefined;
}

/** An OCI artefact's own revision is a digest; what it was made from stands beside it. */
export function appliedRevision(k: Kustomization): string | undefined {
  return k.lastAppliedOriginRevision ?? k.lastAppliedRevision;
}

/** What it tried last, the field or, where the path is not in the artefact, the step it stands at. */
export function attemptedRevision(view: ClusterView, k: Kustomization): string | undefined {
  const source = findFlux(view.cluster.flux, k.source);
  if (source?.kind === "OCIRepository" || source?.kind === "ExternalArtifact") {
    // Of another artefact nobody says any more what it was made from.
    return source.artifactRevision === k.lastAttemptedRevision ? source.originRevision : undefined;
  }
  // kustomize-controller sets the field only once it has found the path.
  if (findCondition(k.conditions, "Ready")?.reason !== "ArtifactFailed") {
    return k.lastAttemptedRevision;
  }
  const step = findCondition(k.conditions, "Reconciling")?.message ?? "";
  return /^Fetching manifests for revision (\S+)/.exec(step)?.[1] ?? k.lastAttemptedRevision;
}

// Flux says lastApplied only after the health check; by then all of the revision is in the cluster.
function appliedButUnhealthy(view: ClusterView, k: Kustomization): boolean {
  const ready = findCondition(k.conditions, "Ready");
  return (
    ready?.status === "False" &&
    ready.reason === "HealthCheckFailed" &&
    findCondition(k.conditions, "Stalled")?.status !== "True" &&
    isCurrent(k, ready) &&
    isOfThisSpec(view, k) &&
    containsCommit(view, attemptedRevision(view, k)) === "yes"
  );
}

/**
 * Are the objects of X in the cluster by this Kustomization, healthy or not? Counts while its health
 * check runs, which `kustomizationApplied` does not.
 */
export function objectsApplied(view: ClusterView, k: Kustomization): boolean {
  if (kustomizationApplied(view, k).ok) return true;
  if (!isOfThisSpec(view, k)) return false;
  if (containsCommit(view, attemptedRevision(view, k)) !== "yes") return false;
  const reason = findCondition(k.conditions, "Ready")?.reason;
  const step = findCondition(k.conditions, "Reconciling");
  // kustomize-controller: "Running health checks for revision main@sha1:… with a timeout of 5m0s".
  const checking = step?.status === "True" && step.message.startsWith("Running health checks");
  return checking || reason === "HealthCheckFailed" || reason === "PruneFailed";
}

function missingRevision(view: ClusterView, k: Kustomization): Step {
  const source = sourceText(view, k);
  if (source !== undefined) return source;
  const state = readiness(k);
  const wanted = shortRevision(view.commit);
  if (state.state === "ready" || state.state === "suspended") {
    const runs = shortRevision(appliedRevision(k));
    return waits("applied", `runs ${runs}, which does not contain ${wanted}`);
  }
  return waits("applied", whyNotReady(view, k, state));
}

function fetchedRevision(source: FluxObject): string | undefined {
  if (source.kind === "GitRepository") return source.artifactRevision;
  return "originRevision" in source ? source.originRevision : undefined;
}

/** Why the source has not brought X yet; undefined once it has. */
function sourceText(view: ClusterView, k: Kustomization): Step | undefined {
  const source = findFlux(view.cluster.flux, k.source);
  if (source === undefined) return undefined;
  const fetched = fetchedRevision(source);
  if (containsCommit(view, fetched) === "yes") return undefined;
  const name = objectName(source);
  const state = readiness(source);
  if (state.state === "suspended")
    return waits("suspended", `its source ${name} is ${state.cause}`);
  if (state.state !== "ready") return waits("applied", `its source ${name}: ${state.cause}`);
  const has = shortRevision(fetched);
  const wanted = shortRevision(view.commit);
  return waits("applied", `its source ${name} has not fetched ${wanted} yet (it has ${has})`);
}
