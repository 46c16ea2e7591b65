import { refusals } from "../api-error.ts";
import { noFaults, type FaultSwitches } from "../faults.ts";
import type { Call, Route } from "../route.ts";

// Not of the service: the switches of the sandbox itself (docs/sandbox.md). Not among the
// locations, and never spoiled by a fault.
export const sandboxRoutes: readonly Route[] = [
  {
    area: "sandbox",
    resource: "faults",
    id: "5a4d0b6e-0000-4000-8000-000000000001",
    template: "_apis/sandbox/faults",
    methods: { GET: getFaults, PUT: setFaults, PATCH: setFaults, DELETE: clearFaults },
  },
  {
    area: "sandbox",
    resource: "clock",
    id: "5a4d0b6e-0000-4000-8000-000000000002",
    template: "_apis/sandbox/clock",
    methods: { GET: getClock, POST: moveClock },
  },
];

function getFaults({ organisation: { faults } }: Call) {
  return { json: { ...faults, path: faults.path?.source ?? null, method: faults.method ?? null } };
}

type Asked = {
  readonly [Name in keyof FaultSwitches]?: FaultSwitches[Name] extends object
    ? Partial<FaultSwitches[Name]> | null
    : FaultSwitches[Name] | null;
} & { readonly path?: string | null; readonly method?: string | null };

const counted = ["throttle", "delay", "unavailable", "drop", "webhooks", "merges"] as const;

// PUT begins with everything off, PATCH with what is on.
function setFaults(call: Call) {
  const { faults } = call.organisation;
  const asked = (call.body ?? {}) as Asked;
  const unknown = Object.keys(asked).filter((name) => !(name in noFaults()));
  if (unknown.length > 0) {
    throw refusals.argument(
      `There is no fault ${unknown.join(", ")}: there are ${Object.keys(noFaults()).join(", ")}.`,
    );
  }
  if (call.method === "PUT") Object.assign(faults, noFaults());
  for (const name of counted) {
    for (const [key, value] of Object.entries(asked[name] ?? {})) {
      if (!(key in faults[name]) || !isCount(value)) {
        throw refusals.argument(`${name}.${key} cannot be ${JSON.stringify(value)}.`);
      }
      Object.assign(faults[name], { [key]: value });
    }
  }
  if (asked.slowMs !== undefined) {
    if (!isCount(asked.slowMs)) throw refusals.argument("slowMs is a number of milliseconds.");
    faults.slowMs = asked.slowMs;
  }
  if (asked.path !== undefined) faults.path = patternOf(asked.path);
  if (asked.method !== undefined) faults.method = asked.method?.toUpperCase();
  return getFaults(call);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}

function patternOf(source: string | null): RegExp | undefined {
  if (source === null || source === "") return undefined;
  try {
    return new RegExp(source, "i");
  } catch {
    throw refusals.argument(`path is no regular expression: ${source}`);
  }
}

function clearFaults(call: Call) {
  Object.assign(call.organisation.faults, noFaults());
  return getFaults(call);
}

function getClock({ organisation }: Call) {
  return { json: { now: organisation.clock.now().toISOString() } };
}

function moveClock(call: Call) {
  const { clock } = call.organisation;
  const { advanceMs } = (call.body ?? {}) as { advanceMs?: unknown };
  if (!isCount(advanceMs)) throw refusals.argument("advanceMs is a number of milliseconds.");
  if (!("advance" in clock) || typeof clock.advance !== "function") {
    throw refusals.argument("The clock of this sandbox cannot be moved.");
  }
  (clock as { advance: (ms: number) => void }).advance(advanceMs);
  return getClock(call);
}
