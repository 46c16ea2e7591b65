import { numberAt, textAt } from "../flux/read-json.ts";
import { current, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";
import { onDeleteHealth } from "./on-delete.ts";

/** kstatus: daemonsetConditions. */
export function daemonSetHealth(object: unknown): Health {
  const count = (field: string) => numberAt(object, "status", field);
  const wanted = count("desiredNumberScheduled");
  const generations = [numberAt(object, "metadata", "generation"), count("observedGeneration")];
  if (generations.includes(undefined) || wanted === undefined) {
    return inProgress("its controller has not looked at it yet");
  }
  const steps = [
    ["currentNumberScheduled", "scheduled"],
    ["updatedNumberScheduled", "updated"],
    ["numberAvailable", "available"],
    ["numberReady", "ready"],
  ] as const;
  for (const [field, done] of steps) {
    const reached = count(field) ?? 0;
    if (wanted <= reached) continue;
    const byHand = textAt(object, "spec", "updateStrategy", "type") === "OnDelete";
    if (byHand && field === "updatedNumberScheduled") return onDeleteHealth(reached, wanted);
    return inProgress(`${reached} of ${wanted} pods ${done}`);
  }
  return current;
}
