import { giveUp } from "./cursor.ts";

/** Longer keys are left to the parser of all YAML, which refuses those beyond 1,024. */
export const longestKey = 1_000;

/** Adds an entry as the parser of all YAML does, `__proto__` too; a key that is there is its to refuse. */
export function addEntry(mapping: Record<string, unknown>, key: string, value: unknown): void {
  if (!(key in mapping)) mapping[key] = value;
  else if (Object.hasOwn(mapping, key)) giveUp();
  else {
    const all = { enumerable: true, writable: true, configurable: true };
    Object.defineProperty(mapping, key, { value, ...all });
  }
}
