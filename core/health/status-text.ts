import { readConditions } from "../flux/condition.ts";
import { textAt } from "../flux/read-json.ts";
import { fitted } from "../fitted.ts";

const longest = 300;
// Which of several conditions says most.
const negative = /^(Degraded|Failed|Stalled|NotReady|Unhealthy|Error)$/;

/** What an object's status says of why it is not well, as one line. */
export function statusText(object: unknown): string {
  const conditions = readConditions(object);
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
  return fitted(texts.join(", "), longest) || "its controller has not said that it is ready";
}
