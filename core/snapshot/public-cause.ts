import type { Readiness } from "../flux/readiness.ts";

/**
 * Why a Flux object is as it is, for everybody in the organisation: reasons and our own words, no
 * controller's message, which may quote manifests (design.md 4.8).
 */
export function publicCause(state: Readiness): string {
  switch (state.state) {
    case "ready":
      return "";
    case "suspended":
    case "unknown":
      return state.cause;
    case "waiting":
    case "failing":
    case "progressing":
      return state.reason;
  }
}
