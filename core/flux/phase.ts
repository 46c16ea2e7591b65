/** One vocabulary for statuses, logs and the hub. Staleness is told beside it, never by it. */
export type Phase =
  | "in-sync"
  | "behind"
  | "reconciling"
  | "waiting"
  | "suspended"
  | "failing"
  | "stalled"
  | "unknown";

export type PhaseAndCause = {
  readonly phase: Phase;
  /** In plain words, one line. */
  readonly cause: string;
};
