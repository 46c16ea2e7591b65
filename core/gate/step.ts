import type { WaitingFor } from "./verdict.ts";

/** Whether one condition of the gate holds, and what to say of it. */
export type Step =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly waitingFor: WaitingFor; readonly text: string };

export function holds(text: string): Step {
  return { ok: true, text };
}

export function waits(waitingFor: WaitingFor, text: string): Step {
  return { ok: false, waitingFor, text };
}
