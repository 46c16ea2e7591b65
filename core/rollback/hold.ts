// `<environment path>/.fluxgate/<delivery>.hold.json`: what must not be deployed again by itself.
// It is a file as any other: whoever may change the folder sets it and lifts it, by pull request.
import type { Problem } from "../errors.ts";
import { isRecord } from "../manifests/parse.ts";

export type Hold = {
  /** Apps that stay as they are; absent: the whole delivery. */
  readonly apps?: readonly string[];
  readonly reason: string;
  /** Who set it, as a name to show. */
  readonly by: string;
  /** ISO dates. */
  readonly at: string;
  readonly until?: string;
};

const apiVersion = "fluxgate.dev/v1";
const kind = "Hold";

/** Under the environment's folder. */
export function holdPath(delivery: string): string {
  return `.fluxgate/${delivery}.hold.json`;
}

export function writeHold(hold: Hold): string {
  return `${JSON.stringify({ apiVersion, kind, ...hold }, undefined, 2)}\n`;
}

/** One that cannot be read holds everything: a typing error must not deploy what is held. */
export function parseHold(
  text: string,
  file: string,
): { readonly hold: Hold } | { readonly problem: Problem } {
  const refuse = (message: string) => ({ problem: { file, message } });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("the hold is not valid JSON, so everything is held");
  }
  if (!isRecord(value) || value["kind"] !== kind || value["apiVersion"] !== apiVersion) {
    return refuse(`this is no hold (kind ${kind}, ${apiVersion}), so everything is held`);
  }
  const { apps, reason, by, at, until } = value;
  const names = Array.isArray(apps) ? (apps as unknown[]) : undefined;
  if (apps !== undefined && !names?.every((name) => typeof name === "string")) {
    return refuse("apps of the hold is no list of names, so everything is held");
  }
  if (names?.length === 0) {
    return refuse("apps of the hold is empty, so everything is held");
  }
  if (until !== undefined && (typeof until !== "string" || Number.isNaN(Date.parse(until)))) {
    return refuse("until of the hold is no date, so everything is held");
  }
  const textOr = (given: unknown, otherwise: string) =>
    typeof given === "string" && given.trim() !== "" ? given.replaceAll(/\s+/g, " ") : otherwise;
  return {
    hold: {
      ...(names === undefined ? {} : { apps: names as readonly string[] }),
      reason: textOr(reason, "no reason is given").slice(0, 500),
      by: textOr(by, "somebody").slice(0, 200),
      at: textOr(at, "an unknown time"),
      ...(until === undefined ? {} : { until }),
    },
  };
}

/** Whether it still counts at a time, ms since 1970. */
export function isHeld({ until }: Hold, now: number): boolean {
  return until === undefined || now < Date.parse(until);
}

/** `held by Ana since 2026-11-28: bad release`. */
export function holdText({ by, at, reason, until }: Hold): string {
  const end = until === undefined ? "" : ` until ${until}`;
  return `held by ${by} since ${at}${end}: ${reason}`;
}
