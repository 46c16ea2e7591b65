import { parseDuration } from "./duration.ts";
import { objectAt, objectsAt, textAt } from "./read-json.ts";

/** ms since 1970, to the second: by the controller's clock, and by that of the API server. */
export type AttemptTimes = {
  /** When the attempt began that `status.history` (Flux 2.7) tells last. */
  readonly begunAt?: number;
  /** When the spec was last changed, by the record of field managers. */
  readonly specAt?: number;
};

export function attemptTimes(json: unknown): AttemptTimes {
  const begun = objectsAt(json, "status", "history").flatMap((one) => {
    const took = parseDuration(textAt(one, "lastReconciledDuration"));
    return took === undefined ? [] : timesIn(textAt(one, "lastReconciled"), took);
  });
  const changed = objectsAt(json, "metadata", "managedFields")
    .filter((entry) => "f:spec" in objectAt(entry, "fieldsV1"))
    .flatMap((entry) => timesIn(textAt(entry, "time")));
  return {
    ...(begun.length === 0 ? {} : { begunAt: Math.max(...begun) }),
    ...(changed.length === 0 ? {} : { specAt: Math.max(...changed) }),
  };
}

function timesIn(text: string | undefined, before = 0): readonly number[] {
  const at = Date.parse(text ?? "") - before;
  return Number.isFinite(at) ? [at] : [];
}
