import { diffArrays } from "diff";

/**
 * How many comparisons of two lines may still be made; each is counted down. A number and no time: what
 * is shown of two texts does not hang on how busy the machine is.
 */
export type Effort = { left: number };

/** What one edit may take: about half a second. */
export const usualEffort = 2_000_000;

/** Lines that both texts have there, or what stands there in the one and in the other. */
export type LineRun =
  | { readonly same: readonly string[] }
  | { readonly gone: readonly string[]; readonly come: readonly string[] };

type Lines = readonly string[];

/** Runs that are all lines of both texts, in order; undefined where the effort does not suffice. */
export function matchLines(
  before: Lines,
  after: Lines,
  effort: Effort,
): readonly LineRun[] | undefined {
  // Takes no effort: most of a huge text stands before and behind all that changes in it.
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail);
  const isOne = gone.length === 0 || come.length === 0;
  const between = isOne ? [{ gone, come }] : matchWithin(gone, come, effort);
  if (between === undefined) return undefined;
  return [
    { same: before.slice(0, head) },
    ...between,
    { same: before.slice(before.length - tail) },
  ].filter((run) => ("same" in run ? run.same : [...run.gone, ...run.come]).length > 0);
}

// More lines than that taken out and put in are nothing that is read as edits.
const maxEditLength = 4_000;

const spent = new Error("Failed to match lines: it takes too many comparisons");

function matchWithin(before: Lines, after: Lines, effort: Effort): readonly LineRun[] | undefined {
  const comparator = (one: string, other: string): boolean => {
    if (effort.left === 0) throw spent;
    effort.left -= 1;
    return one === other;
  };
  // A line that only one of them has stands beside none: what is left to match are the others.
  const [old, next] = [placesIn(before, new Set(after)), placesIn(after, new Set(before))];
  const linesAt = (lines: Lines, places: readonly number[]) => places.map((at) => lines[at] ?? "");
  try {
    const options = { comparator, maxEditLength };
    const parts = diffArrays(linesAt(before, old), linesAt(after, next), options);
    return parts && runsOf(pairsOf(parts, old, next), before, after);
  } catch (error) {
    if (error === spent) return undefined;
    throw error;
  }
}

function placesIn(lines: Lines, others: ReadonlySet<string>): readonly number[] {
  return lines.flatMap((line, at) => (others.has(line) ? [at] : []));
}

type Part = { readonly count: number; readonly added: boolean; readonly removed: boolean };
type Pair = readonly [before: number, after: number];

/** Places of lines that match. */
function pairsOf(
  parts: readonly Part[],
  old: readonly number[],
  next: readonly number[],
): readonly Pair[] {
  const pairs: Pair[] = [];
  let [from, to] = [0, 0];
  for (const { count, added, removed } of parts) {
    for (let at = 0; !added && !removed && at < count; at += 1) {
      pairs.push([old[from + at] ?? 0, next[to + at] ?? 0]);
    }
    if (!added) from += count;
    if (!removed) to += count;
  }
  return pairs;
}

function runsOf(pairs: readonly Pair[], before: Lines, after: Lines): readonly LineRun[] {
  const runs: LineRun[] = [];
  let [from, to] = [0, 0];
  let same: string[] = [];
  for (const [old, next] of [...pairs, [before.length, after.length] as const]) {
    if (old > from || next > to) {
      if (same.length > 0) runs.push({ same });
      runs.push({ gone: before.slice(from, old), come: after.slice(to, next) });
      same = [];
    }
    if (old < before.length) same.push(before[old] ?? "");
    [from, to] = [old + 1, next + 1];
  }
  if (same.length > 0) runs.push({ same });
  return runs;
}
