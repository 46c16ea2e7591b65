import { isTrue, readConditions } from "../flux/condition.ts";
import { textAt } from "../flux/read-json.ts";
import { quantity } from "../manifests/quantity.ts";
import { current, failed, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";

/** kstatus: pvcConditions; that a bound claim grows is seen by its capacity alone. */
export function claimHealth(object: unknown): Health {
  const phase = textAt(object, "status", "phase") ?? "unknown";
  if (phase !== "Bound") return inProgress(`the claim is not bound (phase ${phase})`);
  const wanted = textAt(object, "spec", "resources", "requests", "storage");
  const has = textAt(object, "status", "capacity", "storage");
  const isSmaller = (quantity(has) ?? 0n) < (quantity(wanted) ?? 0n);
  if (has === undefined || !isSmaller) return current;
  const [why] = readConditions(object).filter(({ status }) => status === "True");
  const condition = why === undefined ? "" : ` (${why.type}${why.message && `: ${why.message}`})`;
  return inProgress(`the claim has ${has} of ${wanted ?? "?"}${condition}`);
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
