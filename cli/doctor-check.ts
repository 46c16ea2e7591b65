import { causeText, FluxgateError } from "../core/errors.ts";

/** One thing that must work, tested by doing it. */
export type Check = {
  readonly name: string;
  /** @returns what was found, half a sentence. */
  readonly test: () => Promise<string>;
  /** What to grant or correct when it fails. */
  readonly remedy: string;
  /** Without it the later checks of the list cannot say anything. */
  readonly essential?: boolean;
};

export type Finding = {
  readonly name: string;
  readonly state: "ok" | "failed" | "not tested";
  readonly text: string;
};

/** In order; after an essential one failed the rest is not tested. */
export async function runChecks(checks: readonly Check[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  let blockedBy: string | undefined;
  for (const { name, test, remedy, essential = false } of checks) {
    if (blockedBy !== undefined) {
      findings.push({ name, state: "not tested", text: `because ${blockedBy} failed` });
      continue;
    }
    try {
      findings.push({ name, state: "ok", text: await test() });
    } catch (error) {
      findings.push({ name, state: "failed", text: failureText(error, remedy) });
      if (essential) blockedBy = name;
    }
  }
  return findings;
}

function failureText(error: unknown, remedy: string): string {
  const own = error instanceof FluxgateError ? error.hint : undefined;
  return `${causeText(error)}. ${own === undefined ? remedy : `${own} ${remedy}`}`;
}

/** One line a finding, the state first so that failures stand out. */
export function findingLine({ name, state, text }: Finding): string {
  const mark = { ok: "ok", failed: "FAILED", "not tested": "-" }[state];
  const quiet = state === "not tested" ? `not tested: ${text}` : text;
  return `${mark.padEnd(8)}${name.padEnd(28)}${quiet}`;
}
