import { wayBack } from "../../flux/way-back.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, type Surroundings } from "../risk.ts";

/**
 * What waits for itself (`dependsOn`, by way of others too): Flux applies a new spec only once all that
 * it depends on is ready, with its own newest spec (checkDependencies of both controllers). A
 * `readyExpr` decides instead, so such an entry is left out.
 */
export function waitingCircles(
  { before, after, identity }: ObjectChange,
  beside: Surroundings,
): readonly Finding[] {
  if (after === undefined || !/^(kustomize|helm)\.toolkit\.fluxcd\.io$/.test(identity.group))
    return [];
  const way = wayBack(after, beside.after);
  if (way === undefined || (before !== undefined && wayBack(before, beside.before))) return [];
  const through = way.length === 0 ? "" : `, by way of ${way.join(", ")}`;
  return [high(`waits for itself (dependsOn)${through}: Flux applies none of it any more`)];
}
