import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/errors.ts";
import { isRecord } from "../../core/manifests/parse.ts";

/** Under the output folder, while a render writes. */
export const journalFolder = ".fluxgate-writing";

/** One file to be written, or, without `staged`, to be deleted. */
export type JournalStep = {
  readonly path: string;
  /** As it was when the render looked; undefined for nothing. */
  readonly before?: string | undefined;
  readonly after?: string;
  /** Name of the file with the new content beside the journal. */
  readonly staged?: number;
};

/** From here on what it says is done, by whoever holds the folder's lock. */
export function storeJournal(folder: string, steps: readonly JournalStep[]): void {
  const text = `${JSON.stringify({ kind: "FluxgateWriting", steps }, undefined, 1)}\n`;
  writeFileSync(join(folder, "journal.new"), text);
  renameSync(join(folder, "journal.new"), join(folder, "journal.json"));
}

/**
 * What is to be done; undefined when nothing was begun.
 * @throws InputError for one that no render wrote.
 */
export function readJournal(folder: string): readonly JournalStep[] | undefined {
  const file = join(folder, "journal.json");
  if (!existsSync(file)) return undefined;
  const steps = stepsIn(readFileSync(file, "utf8"));
  if (steps !== undefined) return steps;
  const message = `no render wrote this. Look at what changed in the folder above, then remove ${folder}`;
  throw new InputError([{ file, message }], { code: "render-refused" });
}

function stepsIn(text: string): readonly JournalStep[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value["kind"] !== "FluxgateWriting") return undefined;
    const steps: unknown = value["steps"];
    return Array.isArray(steps) && steps.every(isStep) ? steps : undefined;
  } catch {
    return undefined;
  }
}

// It lies in a repository that anybody may have written to.
function isStep(value: unknown): value is JournalStep {
  if (!isRecord(value)) return false;
  const { path, before, after, staged } = value;
  if (typeof path !== "string" || path.includes("\\") || path.includes("\0")) return false;
  const parts = path.split("/");
  const isInside = parts.every((part) => part !== "" && part !== "." && part !== "..");
  const isOurs = !parts.some((part) => part.toLowerCase() === ".git");
  const isText = (each: unknown) => each === undefined || typeof each === "string";
  const isWhole = staged === undefined || (Number.isSafeInteger(staged) && Number(staged) >= 0);
  return isInside && isOurs && isText(before) && isText(after) && isWhole;
}
