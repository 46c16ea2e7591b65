import type { Read } from "../../data/read.ts";
import { plainError } from "../plain-error.ts";
import type { Tone } from "../tone.ts";

/** One thing to know before deciding, said whatever came of the look. */
export type ContextLine = {
  /** `Elsewhere`, `Target now`. */
  readonly label: string;
  readonly tone: Tone;
  readonly text: string;
  /** What stands behind it. */
  readonly more: readonly ContextDetail[];
};

export type ContextDetail = {
  readonly text: string;
  /** Of a link before the text. */
  readonly link?: { readonly text: string; readonly url: string };
};

/** The line of what could be read; else one that says that it could not, and why. */
export function lineOf<T>(
  label: string,
  read: Read<T>,
  say: (value: T) => Omit<ContextLine, "label">,
): ContextLine {
  if ("value" in read) return { label, ...say(read.value) };
  const text = `Could not be read: ${plainError(read.error)}`;
  return { label, tone: "warning", text, more: [] };
}

export function plainLine(tone: Tone, text: string): Omit<ContextLine, "label"> {
  return { tone, text, more: [] };
}
