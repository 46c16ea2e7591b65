import type { FluxReference } from "../flux/flux-object.ts";
import type { GateMemory } from "./memory.ts";

export type FailureKind =
  | "force-push"
  | "abandoned"
  | "expired"
  /** BuildFailed of a file of X, a schema refusal, an immutable field, Stalled: counts at once. */
  | "terminal"
  /** Anything else, once it has lasted for the grace. */
  | "lasting";

export type WaitingFor =
  | "merge"
  | "branch"
  | "changes"
  | "concerned"
  | "cluster"
  | "observer"
  | "suspended"
  | "applied"
  | "present"
  | "health"
  | "health-unknown"
  /** Nothing can be looked at: a call that it takes fails. */
  | "answers"
  /** All holds by the watch cache: read everything afresh and decide again with `fresh`. */
  | "read-afresh";

export type GateOutcome =
  | { readonly kind: "succeeded"; readonly text: string }
  | { readonly kind: "failed"; readonly failure: FailureKind; readonly text: string }
  /** Ends the run failed, tagged so; `by` is a run, or a commit and its author. */
  | { readonly kind: "superseded"; readonly by: string; readonly text: string }
  | {
      readonly kind: "waiting";
      readonly waitingFor: WaitingFor;
      readonly text: string;
      /** Where it is not as `whatDecides` tells: "Decided when …". */
      readonly decides?: string;
    };

/** `reset`: by a request that tells whether the values were read, since it lets go of past failures too. */
export type ReleaseToAsk = FluxReference & { readonly reset: boolean };

export type GateVerdict = GateOutcome & {
  /** Said, not counted: failures outside what changed, files that cannot be mapped. */
  readonly notes: readonly string[];
  /** One line for each thing that is looked at, stable from look to look: for the job's log. */
  readonly progress: readonly string[];
  /** HelmReleases that nothing makes look at what X changed: ask them, where that is allowed. */
  readonly toAsk?: readonly { readonly cluster: string; readonly release: ReleaseToAsk }[];
  /** Clusters whose own connectors have to be asked about X. */
  readonly toQuestion?: readonly string[];
  /** Give it back at the next look. */
  readonly memory: GateMemory;
};
