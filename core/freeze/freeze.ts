// `<environment path>/.fluxgate/freeze.json`: when an environment is not deployed to. A file as any
// other: whoever may change the folder sets and lifts it, by pull request.
import type { Problem } from "../errors.ts";
import { isRecord } from "../manifests/parse.ts";

export type Freeze = {
  readonly environment: string;
  /** Ms since 1970. */
  readonly from: number;
  /** Absent: until the file is changed. */
  readonly to?: number;
  readonly reason: string;
  /** A team of the project whose members may break the glass. */
  readonly exempt?: string;
};

/** What a freeze file says at a moment. `unknown` holds back as `frozen` does. */
export type FreezeState =
  | { readonly kind: "none" }
  | { readonly kind: "announced" | "frozen" | "over"; readonly freeze: Freeze }
  | { readonly kind: "unknown"; readonly problem: string };

export const freezeApiVersion = "fluxgate.dev/v1";
export const freezeKind = "Freeze";
/** Under the environment's folder. */
export const freezePath = ".fluxgate/freeze.json";

/** A time without an offset is another one in every country. */
export const freezeTimePattern =
  "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$";

const keys = ["$schema", "apiVersion", "kind", "environment", "from", "to", "reason", "exempt"];

/** @returns what is wrong, as one sentence, instead of a freeze that means something else. */
function parseFreeze(text: string, environment?: string): Freeze | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "it is not valid JSON" };
  }
  if (!isRecord(value)) return { problem: "it is no JSON object" };
  if (value["kind"] !== freezeKind || value["apiVersion"] !== freezeApiVersion) {
    return { problem: `it is no ${freezeKind} of ${freezeApiVersion}` };
  }
  const odd = Object.keys(value).find((key) => !keys.includes(key));
  if (odd !== undefined) return { problem: `it has a key ${shown(odd)}, which nothing reads` };
  const named = wordOf(value["environment"], 50);
  if (named === undefined) return { problem: "environment is no name" };
  if (environment !== undefined && named !== environment) {
    return {
      problem: `it names environment ${shown(named)}, and stands in ${environment}'s folder`,
    };
  }
  const reason = wordOf(value["reason"], 500);
  if (reason === undefined) return { problem: "reason is missing, or longer than 500 characters" };
  const from = timeOf(value["from"]);
  if (from === undefined) return { problem: noTime("from") };
  const to = value["to"] === undefined ? Infinity : timeOf(value["to"]);
  if (to === undefined) return { problem: noTime("to") };
  if (to <= from) return { problem: "it ends before it begins" };
  const exempt = value["exempt"] === undefined ? "" : wordOf(value["exempt"], 250);
  if (exempt === undefined) return { problem: "exempt is no name of a team" };
  return {
    ...{ environment: named, from, reason },
    ...(to === Infinity ? {} : { to }),
    ...(exempt === "" ? {} : { exempt }),
  };
}

/** @param text of the file on the branch that Flux follows; undefined where there surely is none */
export function judgeFreeze(
  text: string | undefined,
  { environment, now }: { readonly environment?: string; readonly now: number },
): FreezeState {
  if (text === undefined) return { kind: "none" };
  const freeze = parseFreeze(text, environment);
  if ("problem" in freeze) return { kind: "unknown", problem: freeze.problem };
  if (now < freeze.from) return { kind: "announced", freeze };
  return { kind: now < (freeze.to ?? Infinity) ? "frozen" : "over", freeze };
}

/** Whether nothing may be deployed by itself. */
export function holdsBack(state: FreezeState): boolean {
  return state.kind === "frozen" || state.kind === "unknown";
}

/** `prod is frozen until 2027-01-04T07:00:00Z: Christmas`; undefined where there is nothing to say. */
export function freezeText(state: FreezeState, environment: string): string | undefined {
  switch (state.kind) {
    case "none":
    case "over":
      return undefined;
    case "announced":
      return `${environment} will be frozen from ${isoOf(state.freeze.from)}${untilText(state.freeze)}: ${state.freeze.reason}`;
    case "frozen":
      return `${environment} is frozen${untilText(state.freeze)}: ${state.freeze.reason}`;
    case "unknown":
      return `whether ${environment} is frozen is unknown, so it counts as frozen: its ${freezePath} cannot be read, ${state.problem}`;
  }
}

/** What is wrong with a file that is about to be merged. */
export function freezeProblem(text: string, file: string): Problem | undefined {
  const freeze = parseFreeze(text);
  if (!("problem" in freeze)) return undefined;
  const message = `This freeze would count as frozen for ever: ${freeze.problem}`;
  return { file, message };
}

function untilText({ to }: Freeze): string {
  return to === undefined ? "" : ` until ${isoOf(to)}`;
}

function isoOf(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}

function noTime(key: string): string {
  return `${key} is no time with its offset, as 2026-12-20T18:00:00+01:00`;
}

function timeOf(value: unknown): number | undefined {
  if (typeof value !== "string" || !new RegExp(freezeTimePattern).test(value)) return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time)) return undefined;
  // 30 February is read as 2 March.
  const [, month = "", day = ""] = /^\d+-(\d\d)-(\d\d)/.exec(value) ?? [];
  const given = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  const isDay = given.getUTCMonth() + 1 === Number(month) && given.getUTCDate() === Number(day);
  return isDay ? time : undefined;
}

function wordOf(value: unknown, longest: number): string | undefined {
  if (typeof value !== "string" || value.length > longest) return undefined;
  const word = value.replaceAll(/\s+/g, " ").trim();
  return word === "" ? undefined : word;
}

function shown(text: string): string {
  return `"${text.slice(0, 60)}"`;
}
