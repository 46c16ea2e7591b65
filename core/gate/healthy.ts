// "healthy", for one object that is judged.
import { isApplier } from "../flux/flux-index.ts";
import type { FluxApplier } from "../flux/flux-object.ts";
import { isNamed, namedObjects } from "../flux/named-objects.ts";
import { readiness } from "../flux/readiness.ts";
import { isBuiltIn } from "../health/built-in.ts";
import type { ObservedHealth } from "../health/health.ts";
import { isPassive } from "../health/passive-kinds.ts";
import type { Identity } from "../manifests/identity.ts";
import { appliedRevision, objectsApplied } from "./applied.ts";
import { changedSince, leftAlone } from "./before-x.ts";
import type { ClusterView } from "./cluster-view.ts";
import { containsCommit, isBound } from "./cluster-view.ts";
import { healthKey, kubeConfigText } from "./health-key.ts";
import type { Present } from "./inventories.ts";
import { isSameObject } from "./inventories.ts";
import type { GateMemory } from "./memory.ts";
import { isOldWord } from "./old-word.ts";
import type { Step } from "./step.ts";
import { holds, waits } from "./step.ts";

/** Flux' own objects are judged by "applied"; kinds that nothing makes ready need no look. */
export function needsHealth({ identity, applier }: Present): boolean {
  // Of another cluster nobody sees them as Flux objects here.
  const judgedAsApplied = isApplier(identity) && applier.kubeConfig === undefined;
  if (judgedAsApplied) return false;
  return !isPassive(identity) || applier.healthCheckExprs.some((one) => isOf(one, identity));
}

function isOf(one: { readonly group: string; readonly kind: string }, identity: Identity): boolean {
  return one.group === identity.group && one.kind === identity.kind;
}

/** Does it have to be read before a verdict? */
export function needsLook(view: ClusterView, live: Present): boolean {
  if (!needsHealth(live)) return false;
  const isTold = fluxVouches(view, live) && isToldByFlux(live.identity);
  return mayBeLeft(view, live) || !isTold || isOldWord(view, live.applier);
}

// Annotations tell kustomize-controller alone. Of all that runs, nobody asks whether it is what some
// commit made of it.
function mayBeLeft({ input }: ClusterView, { touched, applier }: Present): boolean {
  return touched && applier.kind === "Kustomization" && input.everything !== true;
}

/** By Flux' own word where it gave one about this object at X, otherwise by kstatus' rules. */
export function isHealthy(view: ClusterView, live: Present, memory: GateMemory): Step {
  if (!needsHealth(live)) return failedCheck(live) ?? holds("applied");
  const annotation = mayBeLeft(view, live) ? leftAlone(view, live, memory) : undefined;
  if (annotation !== undefined) {
    const isOld = changedSince(view, live, memory) === "no";
    const what = isOld
      ? "what changed is not applied"
      : "whether what changed is applied, nobody says";
    return waits("applied", `Flux leaves it as it is (${annotation}) until that goes: ${what}`);
  }
  const health = healthOf(view, live);
  // Of a kind that it does not know Flux calls healthy what has no status yet.
  const unread = health === undefined || health.state === "forbidden";
  // What is seen broken now was well when Flux looked.
  const isBroken = health?.state === "failed";
  const isTold = !isGone(live, health) && !isBroken && isToldByFlux(live.identity);
  if (fluxVouches(view, live) && (unread || isTold)) {
    return holds("healthy, says Flux");
  }
  switch (health?.state) {
    case undefined:
      return notRead(live);
    case "forbidden":
      return waits(
        "health-unknown",
        "applied, health unknown: no permission to read it (grant the connector get on its kind)",
      );
    case "missing":
      return missing(view, live, memory);
    case "current":
      return holds("healthy");
    case "failed":
      return waits("health", failureText(health));
    case "in-progress":
    case "terminating":
    case "unknown":
      return waits("health", `${health.state.replace("-", " ")}: ${health.cause}`);
  }
}

// What nothing makes ready Flux' own health check misses where it is gone, or on its way.
function failedCheck({ identity, applier }: Present): Step | undefined {
  const state = readiness(applier);
  if (state.state !== "failing" || state.reason !== "HealthCheckFailed") return undefined;
  const isMissed = namedObjects(state.message).some((one) => isNamed(one, identity));
  return isMissed ? waits("health", `Flux' health check misses it: ${state.cause}`) : undefined;
}

// Since Flux looked; a Job that is over may be cleared away.
function isGone({ identity }: Present, health: ObservedHealth | undefined): boolean {
  if (health?.state === "terminating") return true;
  return health?.state === "missing" && !isJob(identity);
}

function isJob({ group, kind }: Identity): boolean {
  return kind === "Job" && group === "batch";
}

// Of a StatefulSet that somebody has to update by hand, and of a claim that grows, Flux does not ask.
const askedBeside = new Set(["StatefulSet", "PersistentVolumeClaim"]);

function isToldByFlux(identity: Identity): boolean {
  return isBuiltIn(identity) && !askedBeside.has(identity.kind);
}

function notRead({ applier: { kubeConfig } }: Present): Step {
  if (kubeConfig === undefined) return waits("health", "its health has not been read yet");
  const name = kubeConfigText(kubeConfig);
  return waits(
    "health-unknown",
    `applied, health unknown: it lives in another cluster (kubeConfig ${name}), which no cluster of the configuration names in kubeConfigs`,
  );
}

function missing(view: ClusterView, { identity, applier }: Present, memory: GateMemory): Step {
  if (isJob(identity) && Object.hasOwn(memory.completed, memoryKey(view, { identity, applier }))) {
    return holds("completed, and removed since");
  }
  const seen = isJob(identity) ? "removed before anybody saw it complete; " : "";
  return waits("health", `it is not in the cluster: ${seen}${makingAgain(applier)}`);
}

function makingAgain({ kind }: FluxApplier): string {
  return kind === "HelmRelease"
    ? "Flux makes it again with the next upgrade, or at its next interval where driftDetection is enabled"
    : "Flux makes it again at its next interval, unless its manifest says to leave it (kustomize.toolkit.fluxcd.io/reconcile: disabled, or ssa: Ignore)";
}

/** Notes the Jobs that are complete now: a TTL may remove them before the next look. */
export function rememberCompleted(
  view: ClusterView,
  live: readonly Present[],
  memory: GateMemory,
): GateMemory {
  const done = live.filter(
    (one) =>
      isJob(one.identity) &&
      healthOf(view, one)?.state === "current" &&
      // Before, it is the one that X replaces.
      (!isBound(view, one.applier) || objectsApplied(view, one.applier)),
  );
  if (done.length === 0) return memory;
  const completed = Object.fromEntries(done.map((one) => [memoryKey(view, one), true as const]));
  return { ...memory, completed: { ...memory.completed, ...completed } };
}

function memoryKey(
  view: ClusterView,
  { identity, applier }: Pick<Present, "identity" | "applier">,
): string {
  return `${view.cluster.name}|${healthKey(applier, identity)}`;
}

export function failureText(health: Extract<ObservedHealth, { readonly state: "failed" }>): string {
  const { reason, cause } = health;
  return cause.includes(reason) ? cause : `${reason}: ${cause}`;
}

export function healthOf(
  view: ClusterView,
  { applier, identity }: Pick<Present, "applier" | "identity">,
): ObservedHealth | undefined {
  const key = healthKey(applier, identity);
  return Object.hasOwn(view.cluster.health, key) ? view.cluster.health[key] : undefined;
}

// `wait` covers all that it applied, `healthChecks` what they list; both only once Ready at X.
function fluxVouches(view: ClusterView, { applier, identity }: Present): boolean {
  if (!vouchesAt(view, applier)) return false;
  if (applier.kind === "HelmRelease") return !applier.disableWait;
  return applier.wait || applier.healthChecks.some((check) => isSameObject(identity, check));
}

function vouchesAt(view: ClusterView, applier: FluxApplier): boolean {
  if (readiness(applier).state !== "ready") return false;
  if (!isBound(view, applier)) return applier.observedGeneration >= applier.generation;
  return containsCommit(view, appliedRevision(applier)) === "yes";
}
