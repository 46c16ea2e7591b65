import type { Read } from "../data/read.ts";
import { plainError } from "./plain-error.ts";

/** `The statuses of its merge could not be read. You are not allowed to read this.` */
export function unreadText(what: string, error: unknown): string {
  return `${what} could not be read. ${plainError(error)}`;
}

/** The same of a part that was looked at; nothing where it was read. */
export function unreadOf(what: string, read: Read<unknown> | undefined): readonly string[] {
  return read !== undefined && "error" in read ? [unreadText(what, read.error)] : [];
}

/** What stands against something, once for all that it stands against: with their names. */
export function namesByText(
  all: readonly { readonly name: string; readonly text: string }[],
): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const { name, text } of all) names.set(text, [...(names.get(text) ?? []), name]);
  return names;
}
