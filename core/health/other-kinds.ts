import { findCondition, isTrue, readConditions } from "../flux/condition.ts";
import { textAt } from "../flux/read-json.ts";
import { current, failed, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";

/** kstatus: pvcConditions. */
export function claimHealth(object: unknown): Health {
  const phase = textAt(object, "status", "phase") ?? "unknown";
  return phase === "Bound" ? current : inProgress(`the claim is not bound (phase ${phase})`);
}

/** kstatus: serviceConditions. */
export function serviceHealth(object: unknown): Health {
  const balanced = textAt(object, "spec", "type") === "LoadBalancer";
  const address = textAt(object, "spec", "clusterIP");
  return balanced && address === undefined ? inProgress("it has no cluster IP yet") : current;
}

/** kstatus: crdConditions. */
export function definitionHealth(object: unknown): Health {
  const conditions = readConditions(object);
  const names = findCondition(conditions, "NamesAccepted");
  if (names?.status === "False") return failed(names.reason || "NamesNotAccepted", names.message);
  const established = findCondition(conditions, "Established");
  if (established?.status === "False" && established.reason !== "Installing") {
    return failed(established.reason || "NotEstablished", established.message);
  }
  return isTrue(conditions, "Established") ? current : inProgress("it is being installed");
}
