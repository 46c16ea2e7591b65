/** What goes wrong on purpose. Each number counts down with every request that it spoils. */
export type FaultSwitches = {
  /** Answer 429 with Retry-After (seconds). */
  throttle: { remaining: number; retryAfterSeconds: number };
  /** Answer as asked, but with the headers of a caller that is being slowed down. */
  delay: { remaining: number; retryAfterSeconds: number };
  /** Answer 503. */
  unavailable: { remaining: number };
  /** Wait before every answer. */
  slowMs: number;
  /** Close the connection without an answer. */
  drop: { remaining: number };
  /** What happens to messages that go through `_apis/sandbox/relay`. */
  webhooks: { lose: number; double: number };
  /** Merges of pull requests that stay as they were when only their target moves. */
  merges: { keep: number };
  /** Only requests whose path matches are spoiled; undefined = all of REST. */
  path: RegExp | undefined;
  /** Only requests with this method are spoiled; undefined = all. */
  method: string | undefined;
};

export type Faults = { readonly faults: FaultSwitches };

export function noFaults(): FaultSwitches {
  return {
    throttle: { remaining: 0, retryAfterSeconds: 1 },
    delay: { remaining: 0, retryAfterSeconds: 1 },
    unavailable: { remaining: 0 },
    slowMs: 0,
    drop: { remaining: 0 },
    webhooks: { lose: 0, double: 0 },
    merges: { keep: 0 },
    path: undefined,
    method: undefined,
  };
}

export type Fault = "throttle" | "delay" | "unavailable" | "drop";

/** The fault that this request meets, counted off. */
export function takeFault(
  faults: FaultSwitches,
  request: { readonly path: string; readonly method: string },
): Fault | undefined {
  if (!concerns(faults, request)) return undefined;
  for (const kind of ["drop", "throttle", "unavailable", "delay"] as const) {
    if (faults[kind].remaining > 0) {
      faults[kind].remaining -= 1;
      return kind;
    }
  }
  return undefined;
}

/** Whether the switches are about this request at all; the sandbox's own controls never fail. */
export function concerns(
  { path: pattern, method: only }: FaultSwitches,
  { path, method }: { readonly path: string; readonly method: string },
): boolean {
  if (/\/_apis\/sandbox\//i.test(path)) return false;
  return (pattern?.test(path) ?? true) && (only === undefined || only === method);
}

/** Headers of the service when it throttles: the limit is 200 units in five minutes. */
export function throttlingHeaders(
  retryAfterSeconds: number,
  now: Date,
): Readonly<Record<string, string>> {
  return {
    "Retry-After": String(retryAfterSeconds),
    "X-RateLimit-Resource": "User",
    "X-RateLimit-Delay": retryAfterSeconds.toFixed(3),
    "X-RateLimit-Limit": "200",
    "X-RateLimit-Remaining": "0",
    "X-RateLimit-Reset": String(Math.ceil(now.getTime() / 1000) + retryAfterSeconds),
  };
}
