// What a green deployment will say of the objects of a change: that the connector saw them healthy, or
// only that Flux applied them.
import { knownKind } from "../health/known/known-kinds.ts";
import { isPassive } from "../health/passive-kinds.ts";
import type { ObjectChange } from "./object-change.ts";
import { namesAmong } from "./applied-by.ts";
import { isKnownType } from "./object-type.ts";
import { valueAt } from "./values.ts";

export type GreenMeans = {
  /** Names of objects that are waited for until they are healthy by rules for their kind. */
  readonly judged: readonly string[];
  /** Of kinds without such rules: healthy by their own conditions, where they have any. */
  readonly byConditions: readonly string[];
  /** Objects that are there once they are applied: nothing more is known of them. */
  readonly applied: number;
  /** That Flux has to delete. */
  readonly removed: number;
};

export function greenMeans(objects: readonly ObjectChange[]): GreenMeans {
  const nameOf = namesAmong(objects);
  const there = objects.filter(({ change }) => change !== "removed");
  const named = (how: How) =>
    there.filter((one) => howOf(one) === how).map(({ identity }) => nameOf(identity));
  return {
    judged: named("judged"),
    byConditions: named("conditions"),
    applied: named("applied").length,
    removed: objects.filter(({ change, kept }) => change === "removed" && kept === undefined)
      .length,
  };
}

type How = "judged" | "conditions" | "applied";

function howOf({ identity, after }: ObjectChange): How {
  if (isPassive(identity)) return "applied";
  const isService = identity.group === "" && identity.kind === "Service";
  if (isService && valueAt(after, "spec.type") !== "LoadBalancer") return "applied";
  return isKnownType(identity) || knownKind(identity) !== undefined ? "judged" : "conditions";
}
