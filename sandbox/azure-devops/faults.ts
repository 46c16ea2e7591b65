/** What goes wrong on purpose. Each number counts down with every request that it spoils. */
export type FaultSwitches = {
  /** Answer 429 with Retry-After (seconds). */
  throttle: { remaining: number; retryAfterSeconds: number };
  /** Answer 503. */
  unavailable: { remaining: number };
  /** Wait before every answer. */
  slowMs: number;
  /** Close the connection without an answer. */
  drop: { remaining: number };
  /** Only requests whose path matches are spoiled; undefined = all of REST. */
  path: RegExp | undefined;
  /** Only requests with this method are spoiled; undefined = all. */
  method: string | undefined;
};

export function noFaults(): FaultSwitches {
  return {
    throttle: { remaining: 0, retryAfterSeconds: 1 },
    unavailable: { remaining: 0 },
    slowMs: 0,
    drop: { remaining: 0 },
    path: undefined,
    method: undefined,
  };
}

export type Fault = "throttle" | "unavailable" | "drop";

/** The fault that this request meets, counted off. */
export function takeFault(
  faults: FaultSwitches,
  { path, method }: { readonly path: string; readonly method: string },
): Fault | undefined {
  if (faults.path && !faults.path.test(path)) return undefined;
  if (faults.method !== undefined && faults.method !== method) return undefined;
  for (const kind of ["drop", "throttle", "unavailable"] as const) {
    if (faults[kind].remaining > 0) {
      faults[kind].remaining -= 1;
      return kind;
    }
  }
  return undefined;
}
