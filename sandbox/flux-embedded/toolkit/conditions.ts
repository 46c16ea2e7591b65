import { timestamp, type Condition } from "../api/kube-object.ts";

export type Conditions = readonly Condition[];

type Mark = Pick<Condition, "type" | "status" | "reason" | "message">;

// Flux keeps Ready first and the rest in alphabetical order.
function order(a: Condition, b: Condition): number {
  const rank = ({ type }: Condition) => (type === "Ready" ? "" : type);
  return rank(a) < rank(b) ? -1 : 1;
}

/** Sets a condition; its transition time changes with its status only. */
export function mark(conditions: Conditions, generation: number, next: Mark): Conditions {
  const last = conditions.find(({ type }) => type === next.type);
  const lastTransitionTime = last?.status === next.status ? last.lastTransitionTime : timestamp();
  const condition: Condition = { ...next, lastTransitionTime, observedGeneration: generation };
  return [...conditions.filter(({ type }) => type !== next.type), condition].sort(order);
}

export function unmark(conditions: Conditions, ...types: readonly string[]): Conditions {
  return conditions.filter(({ type }) => !types.includes(type));
}

export function find(conditions: Conditions, type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}
