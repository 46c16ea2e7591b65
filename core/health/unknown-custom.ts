// Custom resources that nobody has described here: kstatus' rules, and never healthy by silence.
import { readConditions } from "../flux/condition.ts";
import { objectAt, textAt } from "../flux/read-json.ts";
import { current, failed, inProgress } from "./answers.ts";
import { oldCondition } from "./generic.ts";
import type { Health } from "./health.ts";
import { statusText } from "./status-text.ts";

// Conditions that say of an object as a whole whether it is well.
const good = new Set(["Ready", "Available", "Healthy", "Synced", "Programmed", "Accepted"]);
const bad = new Set(["Degraded", "Failed", "Stalled", "NotReady", "Unhealthy"]);
// Of the others, those that are well while they are not true.
const badWords =
  /^(not|un|non)[A-Z]|(fail|error|degrad|stall|pressure|conflict|drift|deprecat|unavailable|unhealthy|invalid|reconciling|progressing|updating|paused|suspended|deleting|terminating|blocked|denied|warning|exceeded|missing)/i;

const badPhases =
  /^(failed|failure|error(ed)?|degraded|unhealthy|invalid|rejected|denied|broken|crash\w*)$/i;
const busyPhases =
  /^(pending|progressing|in.?progress|creating|provisioning|initiali[sz]ing|updating|upgrading|deploying|installing|scaling|migrating|starting|restarting|stopping|terminating|waiting|reconciling|unknown|new)$/i;

// Words that tell of something that is not done; any other is its own way to say that all is well.
const openPhases =
  /^(not|un(known|avail|sched|bound|ready|sync))|ing$|pend|progress|queue|paus|suspend|block|stop|lost|down$|time.?out|fail|err|degrad|invalid|reject|denied|crash|broken|conflict/i;
const doneInIng = /^(running|serving|listening|watching|streaming|monitoring|working|tracking)$/i;

// What a controller never writes, however often it looks, is told by whoever applies the object.
const remedy = "(where that is well: healthCheckExprs on the Kustomization)";

/**
 * @param hasStatus its definition has a status of its own, which its controller should write; without,
 *   some controllers write one all the same
 */
export function unknownCustomHealth(object: unknown, hasStatus: boolean): Health {
  const status = objectAt(object, "status");
  if (isHollow(status)) {
    if (!hasStatus) return current;
    return inProgress(
      "its status is empty: its controller has not looked at it (where it never writes one: healthCheckExprs on the Kustomization)",
    );
  }
  const old = oldCondition(object, (type) => good.has(type) || bad.has(type));
  return old ?? saidHealth(object);
}

function saidHealth(object: unknown): Health {
  const conditions = readConditions(object);
  const cause = statusText(object);
  const broken = conditions.find(({ type, status }) => bad.has(type) && status === "True");
  if (broken !== undefined) return failed(broken.reason || broken.type, broken.message || cause);
  const phase = textAt(object, "status", "phase") ?? textAt(object, "status", "state") ?? "";
  if (badPhases.test(phase)) return failed(phase, cause);
  const whole = conditions.filter(({ type }) => good.has(type));
  if (whole.some(({ status }) => status !== "True")) return inProgress(cause);
  if (whole.length > 0) return busyPhases.test(phase) ? inProgress(cause) : current;
  // Which way round a condition of its own is meant nobody says: one that holds is enough.
  const own = conditions.filter(({ type }) => !badWords.test(type));
  const unclear =
    (own.length > 0 && !own.some(({ status }) => status === "True")) ||
    conditions.some(({ type, status }) => badWords.test(type) && status === "True");
  const isOpen = openPhases.test(phase) && !doneInIng.test(phase);
  const denies = ["ready", "healthy", "available"].find(
    (flag) => objectAt(object, "status")[flag] === false,
  );
  if (denies !== undefined) return inProgress(`its status says ${denies}: false`);
  return unclear || isOpen || busyPhases.test(phase) ? inProgress(`${cause} ${remedy}`) : current;
}

// Empty texts, lists and mappings say nothing, however many there are.
function isHollow(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isHollow);
  if (typeof value === "object" && value !== null) return Object.values(value).every(isHollow);
  return value === undefined || value === null || value === "";
}
