import { call } from "../../rest.ts";

/** As `_apis/sandbox/faults` answers them. */
export type Faults = {
  readonly throttle: Counted;
  readonly delay: Counted;
  readonly unavailable: Counted;
  readonly drop: Counted;
  readonly webhooks: { readonly lose: number; readonly double: number };
  readonly merges: { readonly keep: number };
  readonly slowMs: number;
  readonly path: string | null;
  readonly method: string | null;
};
type Counted = { readonly remaining: number; readonly retryAfterSeconds?: number };

const url = "_apis/sandbox/faults?api-version=7.1";

export function loadFaults(): Promise<Faults> {
  return call<Faults>(url);
}

export function setFaults(change: object): Promise<Faults> {
  return call<Faults>(url, { method: "PATCH", body: change });
}

export function clearFaults(): Promise<Faults> {
  return call<Faults>(url, { method: "DELETE" });
}

export function loadClock(): Promise<{ readonly now: string }> {
  return call("_apis/sandbox/clock?api-version=7.1");
}

export function advanceClock(hours: number): Promise<unknown> {
  return call("_apis/sandbox/clock?api-version=7.1", {
    method: "POST",
    body: { advanceMs: hours * 3_600_000 },
  });
}

export type FaultField = {
  readonly label: string;
  readonly initial: number;
  readonly change: (value: number) => object;
  readonly now: (faults: Faults) => number;
};

export type FaultRow = {
  readonly name: string;
  /** What happens, and what one should see then. */
  readonly text: string;
  readonly fields: readonly FaultField[];
};

const counted = (name: "throttle" | "delay" | "unavailable" | "drop", initial: number) => ({
  label: "requests",
  initial,
  change: (remaining: number) => ({ [name]: { remaining } }),
  now: (faults: Faults) => faults[name].remaining,
});
const seconds = (name: "throttle" | "delay"): FaultField => ({
  label: "Retry-After, seconds",
  initial: 2,
  change: (retryAfterSeconds) => ({ [name]: { retryAfterSeconds } }),
  now: (faults) => faults[name].retryAfterSeconds ?? 0,
});

/** Every switch in plain words. */
export const faultRows: readonly FaultRow[] = [
  {
    name: "Throttled (429)",
    text: "Requests are refused with 429 and told when to come back, as a busy organisation does. Whoever asks should wait that long and try again: everything comes later, nothing fails.",
    fields: [counted("throttle", 20), seconds("throttle")],
  },
  {
    name: "Slowed down (200 with Retry-After)",
    text: "Requests are answered, but with the headers of a caller that is close to its limit. A polite client leaves a pause.",
    fields: [counted("delay", 20), seconds("delay")],
  },
  {
    name: "Unavailable (503)",
    text: "Requests meet a service that is down. Clients should try again and a waiting run must stay waiting.",
    fields: [counted("unavailable", 20)],
  },
  {
    name: "Dropped connections",
    text: "The connection is closed without an answer, so that nobody knows whether the call was heard. Writing twice must do no harm.",
    fields: [counted("drop", 5)],
  },
  {
    name: "Slow",
    text: "Every answer takes this much longer, until it is set to 0 again.",
    fields: [
      {
        label: "milliseconds",
        initial: 1000,
        change: (slowMs) => ({ slowMs }),
        now: ({ slowMs }) => slowMs,
      },
    ],
  },
  {
    name: "Lost webhooks",
    text: "Messages that go through the sandbox's relay (_apis/sandbox/relay) are swallowed. The connector must find out by looking, a little later.",
    fields: [
      {
        label: "messages",
        initial: 10,
        change: (lose) => ({ webhooks: { lose } }),
        now: ({ webhooks }) => webhooks.lose,
      },
    ],
  },
  {
    name: "Doubled webhooks",
    text: "Messages through the relay arrive twice. Nothing may happen twice because of it.",
    fields: [
      {
        label: "messages",
        initial: 10,
        change: (double) => ({ webhooks: { double } }),
        now: ({ webhooks }) => webhooks.double,
      },
    ],
  },
  {
    name: "Merges that stay",
    text: "When only the target branch moves, the merge of a pull request stays as it was. Whoever compares it must say so, and can have it worked out anew.",
    fields: [
      {
        label: "merges",
        initial: 10,
        change: (keep) => ({ merges: { keep } }),
        now: ({ merges }) => merges.keep,
      },
    ],
  },
];
