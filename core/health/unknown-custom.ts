// Custom resources that nobody has described here: kstatus' rules, and never healthy by silence.
import { readConditions } from "../flux/condition.ts";
import { numberAt, objectAt, textAt } from "../flux/read-json.ts";
import { current, failed, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";
import { statusText } from "./status-text.ts";

// Conditions that say of an object as a whole whether it is well.
const good = new Set(["Ready", "Available", "Healthy", "Synced", "Programmed", "Accepted"]);
const bad = new Set(["Degraded", "Failed", "Stalled", "NotReady", "Unhealthy"]);
const badPhases = /^(failed|failure|error|degraded|unhealthy|crash\w*)$/i;
const busyPhases =
  /^(pending|progressing|in.?progress|creating|provisioning|initiali[sz]ing|updating|starting|waiting|reconciling|unknown|new)$/i;

/**
 * @param hasStatus its definition has a status of its own, which its controller should write; without,
 *   some controllers write one all the same
 */
export function unknownCustomHealth(object: unknown, hasStatus: boolean): Health {
  if (Object.keys(objectAt(object, "status")).length === 0) {
    if (!hasStatus) return current;
    return inProgress(
      "its status is empty: its controller has not looked at it (where it never writes one: healthCheckExprs on the Kustomization)",
    );
  }
  const generation = numberAt(object, "metadata", "generation") ?? 0;
  const conditions = readConditions(object);
  const old = conditions.find(
    ({ type, observedGeneration = generation }) =>
      observedGeneration < generation && (good.has(type) || bad.has(type)),
  );
  if (old !== undefined) {
    return inProgress(`${old.type} is of generation ${old.observedGeneration} of ${generation}`);
  }
  const cause = statusText(object);
  const broken = conditions.find(({ type, status }) => bad.has(type) && status === "True");
  if (broken !== undefined) return failed(broken.reason || broken.type, broken.message || cause);
  const phase = textAt(object, "status", "phase") ?? textAt(object, "status", "state") ?? "";
  if (badPhases.test(phase)) return failed(phase, cause);
  const open = conditions.some(({ type, status }) => good.has(type) && status !== "True");
  return open || busyPhases.test(phase) ? inProgress(cause) : current;
}
