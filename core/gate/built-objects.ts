// Which objects of a Kustomization X changed, by Flux' own build; all of them where it cannot tell.
import { objectName } from "../manifests/object-name.ts";
import { fluxKey } from "../flux/flux-object.ts";
import type { Kustomization } from "../flux/flux-object.ts";
import type { Identity } from "../manifests/identity.ts";
import { builtChange } from "./built-change.ts";
import { isChanged } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";
import { cannotAppear, entriesFor } from "./inventories.ts";
import type { LiveObject, Located } from "./inventories.ts";

/** @param why its files do not tell */
export function locateBuilt(view: ClusterView, k: Kustomization, why: string): Located {
  const change = builtChange(view, k);
  if (change === undefined) return judgedWhole(k, why);
  if (change.kind === "unknown") return untold(k, why, change.why);
  const open = change.changed.find(({ name, namespace }) => /\$/.test(`${name}${namespace}`));
  if (open !== undefined) {
    return untold(k, why, `the identity ${objectName(open)} hangs on a value of the cluster`);
  }
  const values = change.hasUnknownValues && k.substituteFrom.find((one) => isChanged(view, one));
  if (values) return untold(k, why, `${objectName(values)} changed, whose values it takes`);
  const live = change.changed.map((identity) => placeOf(view, k, identity));
  const lost = live.find(({ state }) => state === "absent");
  if (lost !== undefined && cannotAppear(view, k)) {
    return untold(k, why, `its inventory has no ${objectName(lost.identity)}`);
  }
  const objects = change.changed.length === 1 ? "1 object" : `${change.changed.length} objects`;
  const built = change.changed.length === 0 ? "nothing that stays" : objects;
  return {
    live,
    whole: [],
    notes: [`${objectName(k)}: ${why}; by Flux' build X changes ${built}`],
  };
}

function placeOf(view: ClusterView, k: Kustomization, identity: Identity): LiveObject {
  const key = fluxKey(k);
  const [found] = entriesFor(view, identity).filter(({ applier }) => fluxKey(applier) === key);
  const why = `the inventory of ${objectName(k)} does not hold it yet`;
  return found ?? { state: "absent", identity, why };
}

function untold(k: Kustomization, why: string, cause: string): Located {
  return judgedWhole(k, `${why}, and Flux' build does not tell: ${cause}`);
}

function judgedWhole(applier: Kustomization, why: string): Located {
  return { live: [], whole: [{ applier, why }], notes: [] };
}
