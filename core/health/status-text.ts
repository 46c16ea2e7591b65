import type { Condition } from "../flux/condition.ts";
import { readConditions } from "../flux/condition.ts";
import { objectsAt, textAt } from "../flux/read-json.ts";
import { fitted } from "../fitted.ts";

const longest = 300;
// Which of several conditions says most.
const negative = /^(Degraded|Failed|Stalled|NotReady|Unhealthy|Error)$/;

/** What an object's status says of why it is not well, as one line. */
export function statusText(object: unknown): string {
  return saidText(object) || "its controller has not said that it is ready";
}

/** The same; empty where it says nothing. */
export function saidText(object: unknown): string {
  const conditions = conditionsOf(object);
  const said =
    conditions.find(({ type, status }) => negative.test(type) && status === "True") ??
    conditions.find(({ type, status }) => !negative.test(type) && status !== "True");
  const phase = textAt(object, "status", "phase") ?? textAt(object, "status", "state");
  const message = textAt(object, "status", "message");
  const texts = [
    phase,
    said && `${said.type} ${said.status}`,
    [said?.reason, said?.message ?? ""].filter(Boolean).join(": ") || message,
  ].filter((text) => text !== undefined && text !== "");
  return fitted(texts.join(", "), longest);
}

// A route has them for each gateway that it names.
function conditionsOf(object: unknown): readonly Condition[] {
  const own = readConditions(object);
  if (own.length > 0) return own;
  return objectsAt(object, "status", "parents").flatMap((status) => readConditions({ status }));
}
