// kstatus' generic rules (cli-utils pkg/kstatus/status: checkGenericProperties, then Ready).
import { findCondition, readConditions } from "../flux/condition.ts";
import { numberAt, textAt } from "../flux/read-json.ts";
import { failed, inProgress, current } from "./answers.ts";
import type { Health } from "./health.ts";

/** Rules that hold for every kind; undefined when the kind's own rules decide. */
export function genericHealth(object: unknown): Health | undefined {
  if (textAt(object, "metadata", "deletionTimestamp") !== undefined) {
    return { state: "terminating", cause: "it is being deleted" };
  }
  const unseen = unseenGeneration(object);
  if (unseen !== undefined) return unseen;
  const said = readConditions(object).find(
    ({ type, status }) => (type === "Reconciling" || type === "Stalled") && status === "True",
  );
  if (said === undefined) return undefined;
  const { type, reason, message } = said;
  return type === "Stalled"
    ? failed(reason || type, message)
    : inProgress(message || reason || "it is reconciling");
}

/** Its controller says that it has looked at another generation. */
export function unseenGeneration(object: unknown): Health | undefined {
  const generation = numberAt(object, "metadata", "generation");
  const observed = numberAt(object, "status", "observedGeneration");
  if (generation === undefined || observed === undefined || observed === generation) {
    return undefined;
  }
  return inProgress(`its controller has seen generation ${observed} of ${generation}`);
}

/** What a condition that counts says of an older generation says nothing of this one. */
export function oldCondition(
  object: unknown,
  counts: (type: string) => boolean,
): Health | undefined {
  const generation = numberAt(object, "metadata", "generation") ?? 0;
  const old = readConditions(object).find(
    ({ type, observedGeneration = generation }) => observedGeneration < generation && counts(type),
  );
  return (
    old && inProgress(`${old.type} is of generation ${old.observedGeneration} of ${generation}`)
  );
}

/** The last rule: a Ready condition decides; without one the object is current. */
export function readyHealth(object: unknown): Health {
  const ready = findCondition(readConditions(object), "Ready");
  if (ready === undefined || ready.status === "True") return current;
  return inProgress([ready.reason, ready.message].filter((text) => text !== "").join(": "));
}
