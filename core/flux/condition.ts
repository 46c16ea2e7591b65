import { numberAt, objectsAt, textAt } from "./read-json.ts";

/** A Kubernetes condition. `reason` is whatever the controller wrote: unknown ones are expected. */
export type Condition = {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
  /** ISO time, as the API gives it. */
  readonly lastTransitionTime?: string;
};

/** Reads `status.conditions` of any object; entries without a type are left out. */
export function readConditions(object: unknown): readonly Condition[] {
  return objectsAt(object, "status", "conditions").flatMap((entry) => {
    const type = textAt(entry, "type");
    if (type === undefined) return [];
    const status = textAt(entry, "status");
    const observedGeneration = numberAt(entry, "observedGeneration");
    const lastTransitionTime = textAt(entry, "lastTransitionTime");
    return [
      {
        type,
        status: status === "True" || status === "False" ? status : "Unknown",
        reason: textAt(entry, "reason") ?? "",
        message: textAt(entry, "message") ?? "",
        ...(observedGeneration === undefined ? {} : { observedGeneration }),
        ...(lastTransitionTime === undefined ? {} : { lastTransitionTime }),
      },
    ];
  });
}

export function findCondition(
  conditions: readonly Condition[],
  type: string,
): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

/** True only where the condition stands and says `True`. */
export function isTrue(conditions: readonly Condition[], type: string): boolean {
  return findCondition(conditions, type)?.status === "True";
}
