// Flux' conditions in the words of design.md 4.6. Which reason means what: Flux 2.9 sources,
// research "Reasons, severities, messages". A reason that is not known is read by its status alone.

/** How long a failure may last before it counts. */
export type Patience = "none" | "grace";

export type Readiness =
  | { readonly state: "ready" }
  | { readonly state: "progressing"; readonly reason: string; readonly cause: string }
  /** For something else; never fails by itself. */
  | { readonly state: "waiting"; readonly reason: string; readonly cause: string }
  | {
      readonly state: "failing";
      readonly reason: string;
      /** The controller's own message. */
      readonly cause: string;
      readonly patience: Patience;
      /** Flux does not try again by itself. */
      readonly stalled: boolean;
    }
  | { readonly state: "suspended"; readonly cause: string }
  | { readonly state: "unknown"; readonly cause: string };
