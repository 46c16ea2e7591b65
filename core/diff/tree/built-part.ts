import type { Build } from "./builds.ts";
import type { Part } from "./reach.ts";

/** A part whose sides Flux' own code built, or refused. */
export type BuiltPart = {
  readonly before: Answered | undefined;
  readonly after: Answered | undefined;
};

export type Answered = {
  readonly part: Part;
  readonly build: Exclude<Build, { readonly kind: "unavailable" }>;
};
