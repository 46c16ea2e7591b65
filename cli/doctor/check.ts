import {
  causeText,
  FluxgateError,
  HttpError,
  InputError,
  TerminalError,
  TimeoutError,
} from "../../core/errors.ts";

/** One thing that must work, tested by doing it. */
export type Check = {
  readonly name: string;
  /** @returns what was found, half a sentence. @throws Failure, or what the client throws. */
  readonly test: () => Promise<string>;
  /** What to grant or correct when it fails; asked for afterwards, when more is known. */
  readonly remedy: string | (() => string);
  /** Without it the later checks of the list cannot say anything. */
  readonly essential?: boolean;
  /** What does not work without it; all else does. Absent: nothing works. */
  readonly lost?: string;
};

/**
 * `refused`: it answered that this identity may not. `absent`: it answered that there is none.
 * `unreadable`: what is there cannot be understood. `wrong`: it was read, and does not fit.
 * `not checked`: nothing is known.
 */
export type State = "ok" | "wrong" | "refused" | "absent" | "unreadable" | "not checked";

export type Finding = {
  readonly name: string;
  readonly state: State;
  readonly text: string;
  /** It does without. */
  readonly optional: boolean;
};

/** A check's own word on what it found. */
export class Failure extends Error {
  readonly state: State;

  constructor(state: Exclude<State, "ok">, message: string) {
    super(message);
    this.state = state;
  }
}

/** In order; after an essential one failed the rest is not checked. */
export async function runChecks(checks: readonly Check[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  let blockedBy: string | undefined;
  for (const { name, test, remedy, essential = false, lost } of checks) {
    const optional = lost !== undefined;
    if (blockedBy !== undefined) {
      findings.push({ name, state: "not checked", text: `${blockedBy} comes first`, optional });
      continue;
    }
    try {
      findings.push({ name, state: "ok", text: await test(), optional });
    } catch (error) {
      const what = typeof remedy === "string" ? remedy : remedy();
      const without = lost === undefined ? "" : ` Without it ${lost}.`;
      const text = `${failureText(error, what)}${without}`;
      findings.push({ name, state: stateOf(error), text, optional });
      if (essential) blockedBy = name;
    }
  }
  return findings;
}

const refusals = new Set(["permission-missing", "not-signed-in"]);

/** What an error says about the thing that was asked for. */
export function stateOf(error: unknown): State {
  if (error instanceof Failure) return error.state;
  if (error instanceof TimeoutError) return "not checked";
  if (error instanceof FluxgateError && refusals.has(error.code)) return "refused";
  if (error instanceof InputError) return "unreadable";
  if (error instanceof TerminalError) return "wrong";
  if (!(error instanceof HttpError)) return "not checked";
  const { status } = error;
  if (status === 401 || status === 403) return "refused";
  if (status === 404) return "absent";
  if (status >= 200 && status < 300) return "unreadable";
  return status >= 400 && status < 429 && status !== 408 ? "wrong" : "not checked";
}

function failureText(error: unknown, remedy: string): string {
  const own = error instanceof FluxgateError ? error.hint : undefined;
  return [`${causeText(error)}.`, own, remedy].filter((part) => part !== undefined).join(" ");
}

/** One line a finding, the state first so that failures stand out. */
export function findingLine({ name, state, text, optional }: Finding): string {
  const loud = !optional && state !== "not checked" && state !== "ok";
  const mark = loud ? state.toUpperCase() : state;
  return `${mark.padEnd(12)}${name.padEnd(34)} ${text}`;
}

/** The last line: how many of which; every one of them is a reason to look. */
export function summaryLine(findings: readonly Finding[]): string {
  const count = (wanted: (finding: Finding) => boolean) => findings.filter(wanted).length;
  const failed = count((one) => isFailure(one) && !one.optional);
  const less = count((one) => isFailure(one) && one.optional);
  const unknown = count(({ state }) => state === "not checked");
  if (failed + less + unknown === 0) return "Everything that was checked works.";
  const parts = [
    failed === 0 ? undefined : `${failed} failed`,
    less === 0 ? undefined : `${less} limit what works`,
    unknown === 0 ? undefined : `${unknown} could not be checked`,
  ];
  return `${parts.filter((part) => part !== undefined).join(", ")}.`;
}

export function isFailure({ state }: Finding): boolean {
  return state !== "ok" && state !== "not checked";
}
