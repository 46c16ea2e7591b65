import type { WaitingFor } from "./verdict.ts";

/** A condition of the gate that does not hold. */
export type Unmet = {
  readonly ok: false;
  readonly waitingFor: WaitingFor;
  readonly text: string;
  /** What would decide it, where that is more than what it waits for. */
  readonly decides?: string;
};

/** Whether one condition of the gate holds, and what to say of it. */
export type Step = { readonly ok: true; readonly text: string } | Unmet;

/** One thing that was looked at, and what it says. */
export type Finding = { readonly subject: string; readonly step: Step };

export function holds(text: string): Step {
  return { ok: true, text };
}

/** @param decides what would decide it, where `whatDecides` does not say so */
export function waits(waitingFor: WaitingFor, text: string, decides?: string): Unmet {
  return { ok: false, waitingFor, text, ...(decides === undefined ? {} : { decides }) };
}

/** Of what has arrived as far as anybody can tell: enough where the configuration says so. */
export function untold(
  { healthUnknownSucceeds }: UnknownRule,
  why: string,
  decides?: string,
): Step {
  const text = `applied, health unknown: ${why}`;
  return healthUnknownSucceeds ? holds(text) : waits("health-unknown", text, decides);
}

type UnknownRule = { readonly healthUnknownSucceeds: boolean };
