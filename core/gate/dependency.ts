// "Dependency not ready" says nothing of why: the end of the chain does.
import { findFlux } from "../flux/flux-index.ts";
import type { FluxObject, Kustomization } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { readiness } from "../flux/readiness.ts";
import { objectText } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";

/** What the last dependency in the chain that is not ready says; undefined where all are. */
export function dependencyCause(view: ClusterView, k: Kustomization): string | undefined {
  const seen = new Set<string>();
  let at: Kustomization = k;
  let cause: string | undefined;
  // A chain may be a circle: each is looked at once.
  for (;;) {
    seen.add(fluxKey(at));
    const [open] = at.dependsOn.flatMap((reference) => {
      if (seen.has(fluxKey(reference))) return [];
      const found = findFlux(view.cluster.flux, reference);
      const why = found === undefined ? "it has not been seen" : causeOf(found);
      return why === undefined ? [] : [{ reference, found, why }];
    });
    if (open === undefined) break;
    cause = `${objectText(open.reference)}: ${open.why}`;
    if (open.found?.kind !== "Kustomization") break;
    at = open.found;
  }
  return cause;
}

function causeOf(object: FluxObject): string | undefined {
  const state = readiness(object);
  return state.state === "ready" ? undefined : state.cause;
}
