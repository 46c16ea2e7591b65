// What X changed of a build beside its files: values that Flux puts into manifests
// (`postBuild.substituteFrom`), and what its source leaves out or takes in. kustomize-controller does not
// watch the values, nor an artefact that is another one of the same revision (source_predicate.go), so a
// revision that contains X may have been built with what was there before.
import { objectName } from "../manifests/object-name.ts";
import { findCondition } from "../flux/condition.ts";
import { findFlux, holdersFor } from "../flux/flux-index.ts";
import { readiness } from "../flux/readiness.ts";
import type { FluxApplier, FluxReference, Kustomization } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { hasOtherArtefact } from "./brought-along.ts";
import { isChanged } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { Concerned } from "./concerned.ts";
import type { GateMemory } from "./memory.ts";
import { memoryKey } from "./memory.ts";
import type { Step } from "./step.ts";
import { holds, waits } from "./step.ts";
import { hasBrought } from "./has-brought.ts";

/** Has kustomize-controller built it since the values, or its source, were there as X has them? */
export function inputsSettled(view: ClusterView, concerned: Concerned, memory: GateMemory): Step {
  const { object } = concerned;
  const [open] = openInputs(view, concerned);
  if (open === undefined || object.kind !== "Kustomization") return holds("");
  const before = memory.looked[memoryKey(view.cluster, object)];
  const now = lookOf(object);
  if (before !== undefined && now !== undefined && now !== before && hasBuilt(object)) {
    return holds("");
  }
  const { namespace, name } = object;
  const next = `its next reconciliation does (at its interval, or: flux reconcile kustomization ${name} -n ${namespace})`;
  return waits(
    "applied",
    isSource(open)
      ? `nothing proves that it was built with ${objectName(open)} as X has it: ${next}`
      : `nothing proves that it was built with the changed values of ${objectName(open)}: ${next}; dependsOn on what brings them would make Flux wait for them`,
  );
}

/** Notes how each last ended when the values were first seen to be there. */
export function rememberLooks(
  view: ClusterView,
  concerned: readonly Concerned[],
  memory: GateMemory,
): GateMemory {
  let { looked } = memory;
  for (const each of concerned) {
    if (each.object.kind !== "Kustomization") continue;
    const open = openInputs(view, each);
    const look = lookOf(each.object);
    if (open.length === 0 || look === undefined) continue;
    if (open.every((one) => isThere(view, one))) {
      looked = { [memoryKey(view.cluster, each.object)]: look, ...looked };
    }
  }
  return { ...memory, looked };
}

// As X has it.
function isThere(view: ClusterView, given: FluxReference): boolean {
  if (!holdersFor(view.cluster.flux, given).every((one) => hasBrought(view, one))) return false;
  const source = isSource(given) ? findFlux(view.cluster.flux, given) : undefined;
  return source === undefined || readiness(source).state === "ready";
}

function isSource({ kind }: FluxReference): boolean {
  return kind !== "ConfigMap" && kind !== "Secret";
}

// Of which Flux itself does not make sure that they were there first.
function openInputs(
  view: ClusterView,
  { object, own, parents }: Concerned,
): readonly FluxReference[] {
  if (object.kind !== "Kustomization") return [];
  const comesBefore = (holder: FluxApplier) =>
    (own && parents.some((parent) => parent === holder)) || dependsOn(object, holder);
  const values = object.substituteFrom.filter((one) => {
    if (!isChanged(view, one)) return false;
    const holders = holdersFor(view.cluster.flux, one);
    return holders.length > 0 && !holders.every(comesBefore);
  });
  // That its spec is there first does not mean that it has been fetched so.
  const isOther =
    hasOtherArtefact(view, object.source) &&
    holdersFor(view.cluster.flux, object.source).length > 0;
  return isOther ? [...values, object.source] : values;
}

// With one source Flux holds the dependant until the other has applied the same revision, where no
// expression stands in for that check.
function dependsOn(object: Kustomization, holder: FluxApplier): boolean {
  return (
    holder.kind === "Kustomization" &&
    fluxKey(holder.source) === fluxKey(object.source) &&
    object.dependsOn.some((one) => fluxKey(one) === fluxKey(holder) && !one.byExpression)
  );
}

// It says Unknown while it works: each end is a new transition. When it was last asked to is written a
// moment after that: two ends within one second are one.
function lookOf({ conditions }: Kustomization): string | undefined {
  const ready = findCondition(conditions, "Ready");
  if (ready === undefined || ready.status === "Unknown") return undefined;
  return ready.lastTransitionTime ?? "";
}

// What it waits for, or cannot fetch or build, ends it with what was applied before still there.
function hasBuilt({ conditions }: Kustomization): boolean {
  const ready = findCondition(conditions, "Ready");
  return (
    ready?.status === "True" || ["HealthCheckFailed", "PruneFailed"].includes(ready?.reason ?? "")
  );
}
