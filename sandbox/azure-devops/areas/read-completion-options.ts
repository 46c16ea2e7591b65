import { refusals } from "../api-error.ts";
import type { CompletionOptions, MergeStrategy } from "../pull-requests/pull-request.ts";

const strategies: readonly MergeStrategy[] = ["noFastForward", "squash", "rebase", "rebaseMerge"];

/** @throws when the options are too long, or name a strategy that is none */
export function readCompletionOptions(given: unknown): CompletionOptions | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const length = JSON.stringify(given).length;
  if (length > 4000) {
    throw refusals.argument(
      `Completion options have exceeded the maximum encoded length (${length}/4000)`,
    );
  }
  const { mergeStrategy, ...rest } = given as CompletionOptions & { mergeStrategy?: unknown };
  const strategy =
    mergeStrategy === undefined
      ? rest.squashMerge
        ? "squash"
        : "noFastForward"
      : readStrategy(mergeStrategy);
  return { mergeStrategy: strategy, ...rest };
}

// By name in any case, or by number from 1, as clients in browsers send it.
function readStrategy(given: unknown): MergeStrategy {
  const wanted = String(given).toLowerCase();
  const found = strategies.find(
    (name, index) => name.toLowerCase() === wanted || String(index + 1) === wanted,
  );
  if (!found) throw refusals.argument(`"${wanted}" is not a merge strategy.`);
  return found;
}
