import { timestamp, type Condition } from "../api/kube-object.ts";

export type Conditions = readonly Condition[];

type Mark = Pick<Condition, "type" | "status" | "reason" | "message">;

const first = ["Stalled", "Reconciling", "Ready"];

// As fluxcd/pkg/runtime/conditions sorts: the three above, then the freshest, then by name.
function order(a: Condition, b: Condition): number {
  const weight = ({ type }: Condition) => {
    const at = first.indexOf(type);
    return at < 0 ? first.length : at;
  };
  if (weight(a) !== weight(b)) return weight(a) - weight(b);
  const freshest = (b.observedGeneration ?? 0) - (a.observedGeneration ?? 0);
  return freshest === 0 ? (a.type < b.type ? -1 : 1) : freshest;
}

/** Sets a condition. Unlike elsewhere its transition time changes with reason and message too. */
export function mark(conditions: Conditions, generation: number, next: Mark): Conditions {
  const last = conditions.find(({ type }) => type === next.type);
  const same =
    last?.status === next.status && last.reason === next.reason && last.message === next.message;
  const lastTransitionTime = same ? last.lastTransitionTime : timestamp();
  const condition: Condition = { ...next, lastTransitionTime, observedGeneration: generation };
  return [...conditions.filter(({ type }) => type !== next.type), condition].sort(order);
}

export function unmark(conditions: Conditions, ...types: readonly string[]): Conditions {
  return conditions.filter(({ type }) => !types.includes(type));
}

export function find(conditions: Conditions, type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}
