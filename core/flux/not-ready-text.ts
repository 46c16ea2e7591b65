import type { Readiness } from "./readiness.ts";

/** What an object that is not ready says, with the reason where its own words do not have it. */
export function notReadyText(state: Exclude<Readiness, { readonly state: "ready" }>): string {
  const { cause } = state;
  // Of what goes on, the step says it all.
  const reason = state.state === "failing" || state.state === "waiting" ? state.reason : "";
  return cause.includes(reason) ? cause : `${reason}: ${cause}`;
}
