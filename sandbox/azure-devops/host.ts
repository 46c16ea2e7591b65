import type { Clock } from "./clock.ts";

/** What every area may know of the organisation: who it is, where it is, what time it is. */
export type Host = {
  readonly id: string;
  readonly name: string;
  /** `http://127.0.0.1:PORT/fabrikam`; set when the server listens. */
  url: string;
  readonly directory: string;
  readonly clock: Clock;
  /** Service-wide, for ids of what is not counted by itself. */
  readonly counters: { next: number };
};
