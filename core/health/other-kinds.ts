import { isTrue, readConditions } from "../flux/condition.ts";
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
  const refused = conditions.find(
    ({ type, status, reason }) =>
      status === "False" &&
      (type === "NamesAccepted" || (type === "Established" && reason !== "Installing")),
  );
  if (refused !== undefined) return failed(refused.reason || refused.type, refused.message);
  return isTrue(conditions, "Established") ? current : inProgress("it is being installed");
}
