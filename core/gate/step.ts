import type { WaitingFor } from "./verdict.ts";

/** A condition of the gate that does not hold. */
export type Unmet = {
  readonly ok: false;
  readonly waitingFor: WaitingFor;
  readonly text: string;
};

/** Whether one condition of the gate holds, and what to say of it. */
export type Step = { readonly ok: true; readonly text: string } | Unmet;

/** One thing that was looked at, and what it says. */
export type Finding = { readonly subject: string; readonly step: Step };

export function holds(text: string): Step {
  return { ok: true, text };
}

export function waits(waitingFor: WaitingFor, text: string): Unmet {
  return { ok: false, waitingFor, text };
}
