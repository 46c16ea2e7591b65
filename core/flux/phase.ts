import type { FluxObject } from "./flux-object.ts";
import { notReadyText } from "./not-ready-text.ts";
import { readiness } from "./readiness.ts";
import type { Readiness } from "./readiness.ts";

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
  /** In plain words, one line; empty when there is nothing to add. */
  readonly cause: string;
  /** Waiting longer will not help: only such a phase is a failed status. */
  readonly terminal: boolean;
};

/**
 * @param upToDate does what it runs contain the commit that is asked about? Leave it out where no
 * commit is asked about.
 */
export function phaseOf(object: FluxObject, upToDate?: "yes" | "no" | "unknown"): PhaseAndCause {
  const state = readiness(object);
  const terminal = state.state === "failing" && state.patience === "none";
  if (state.state === "ready") {
    if (upToDate === "no") return { phase: "behind", cause: "runs an older commit", terminal };
    if (upToDate === "unknown") {
      return { phase: "unknown", cause: "what it runs could not be compared with git", terminal };
    }
    return { phase: "in-sync", cause: "", terminal };
  }
  // Flux looks at what it has applied again and again: that is no news.
  const again = state.state === "progressing" && upToDate === "yes";
  if (again && object.observedGeneration >= object.generation) {
    return { phase: "in-sync", cause: "", terminal };
  }
  return { phase: phaseName(state), cause: notReadyText(state), terminal };
}

function phaseName(state: Exclude<Readiness, { readonly state: "ready" }>): Phase {
  switch (state.state) {
    case "progressing":
      return "reconciling";
    case "failing":
      return state.stalled ? "stalled" : "failing";
    case "waiting":
    case "suspended":
    case "unknown":
      return state.state;
  }
}
