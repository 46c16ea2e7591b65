// "healthy", for one object that X changed.
import { readiness } from "../flux/readiness.ts";
import type { FluxApplier } from "../flux/flux-object.ts";
import { isPassive } from "../health/passive-kinds.ts";
import { identityKey } from "../manifests/identity.ts";
import type { Identity } from "../manifests/identity.ts";
import { appliedRevision } from "./applied.ts";
import type { ClusterView } from "./cluster-view.ts";
import { containsCommit, isBound } from "./cluster-view.ts";
import type { ObservedHealth } from "../health/health.ts";
import { isSameObject } from "./live-objects.ts";
import type { LiveObject } from "./live-objects.ts";
import type { Step } from "./step.ts";
import { holds, waits } from "./step.ts";

export type Present = Extract<LiveObject, { readonly state: "present" }>;

/** Flux' own objects are judged by "applied"; kinds that nothing makes ready need no look. */
export function needsHealth({ identity }: Present): boolean {
  const { group, kind } = identity;
  const applier =
    (group === "kustomize.toolkit.fluxcd.io" && kind === "Kustomization") ||
    (group === "helm.toolkit.fluxcd.io" && kind === "HelmRelease");
  return !applier && !isPassive(identity);
}

/** By Flux' own word where it gave one about this object at X, otherwise by kstatus' rules. */
export function isHealthy(view: ClusterView, live: Present): Step {
  if (!needsHealth(live)) return holds("applied");
  if (fluxVouches(view, live.applier, live.identity)) return holds("healthy, says Flux");
  const health = healthOf(view, live.identity);
  switch (health?.state) {
    case undefined:
      return waits("health", "its health has not been read yet");
    case "forbidden":
      return waits("health-unknown", "applied, health unknown: no permission to read it");
    case "missing":
      return waits("health", "it is not in the cluster");
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

export function failureText(health: Extract<ObservedHealth, { readonly state: "failed" }>): string {
  const { reason, cause } = health;
  return cause.includes(reason) ? cause : `${reason}: ${cause}`;
}

export function healthOf(view: ClusterView, identity: Identity): ObservedHealth | undefined {
  const key = identityKey(identity);
  return Object.hasOwn(view.cluster.health, key) ? view.cluster.health[key] : undefined;
}

// `wait` covers all that it applied, `healthChecks` what they list; both only once Ready at X.
function fluxVouches(view: ClusterView, applier: FluxApplier, identity: Identity): boolean {
  if (!isBound(view, applier) || readiness(applier).state !== "ready") return false;
  if (containsCommit(view, appliedRevision(applier)) !== "yes") return false;
  return applier.wait || applier.healthChecks.some((check) => isSameObject(identity, check));
}
