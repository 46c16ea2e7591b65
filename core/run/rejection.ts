// The pull request's property `Fluxgate.Rejection`: why somebody rejected it in the hub, for the
// run that waits for it. Anyone who may contribute can write it: words to show, never evidence.

export const rejectionProperty = "Fluxgate.Rejection";

export type Rejection = {
  /** Display name of who rejected. */
  readonly by: string;
  readonly reason: string;
};

const longestReason = 1000;

export function writeRejection({ by, reason }: Rejection): string {
  return JSON.stringify({ by: oneLine(by, 200), reason: oneLine(reason, longestReason) });
}

/** @returns undefined when the property is absent or was written by something else. */
export function parseRejection(text: string | undefined): Rejection | undefined {
  try {
    const value = JSON.parse(text ?? "null") as Partial<Rejection> | null;
    if (typeof value?.by !== "string" || typeof value.reason !== "string") return undefined;
    return { by: oneLine(value.by, 200), reason: oneLine(value.reason, longestReason) };
  } catch {
    return undefined;
  }
}

function oneLine(text: string, most: number): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, most);
}
