// How Helm reads `--set path=value` (its package strvals), for the values that Flux sets so
// (targetPath). Where Helm would refuse the path, nothing is set: the release fails there.
import { isRecord } from "../manifests/parse.ts";

type Step = string | number;

/** Sets a value as Helm's `--set` would, in place. @returns false where only Helm could tell. */
export function setValue(
  values: Record<string, unknown>,
  {
    path,
    text,
    isLiteral,
  }: { readonly path: string; readonly text: string; readonly isLiteral: boolean },
): boolean {
  const steps = stepsOf(path);
  const unquoted = isLiteral ? undefined : withoutQuotes(text);
  const given = unquoted ?? text;
  // A comma begins another setting, a brace at the start a list, a backslash an escape.
  if (!isLiteral && /^\{|[,\\]/.test(given)) return false;
  if (steps === undefined || !leadsThrough(values, steps)) return false;
  // Helm ends at an empty text before it puts a mapping into a list.
  if (given === "" && steps.some(isInItem)) return false;
  const value = isLiteral || unquoted !== undefined ? given : typed(given);
  let at: Record<Step, unknown> = values;
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1];
    if (next === undefined) at[step] = value;
    else at = enter(at, step, next);
  }
  return true;
}

function isInItem(step: Step, index: number, steps: readonly Step[]): boolean {
  return typeof step === "string" && typeof steps[index - 1] === "number";
}

/** Helm enters no mapping or list in the place of something else, but in an item of a list. */
function leadsThrough(values: unknown, steps: readonly Step[]): boolean {
  let at: unknown = values;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    const there = childOf(at, step);
    if (there === undefined) return true;
    const isList = typeof steps[index + 1] === "number";
    const fits = isList ? Array.isArray(there) : isRecord(there);
    const isReplaced = typeof step === "number" && (!isList || there === null);
    if (!fits) return isReplaced;
    at = there;
  }
  return true;
}

function childOf(at: unknown, step: Step): unknown {
  if (Array.isArray(at)) return at[Number(step)];
  return isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined;
}

function enter(at: Record<Step, unknown>, step: Step, next: Step): Record<Step, unknown> {
  const there = childOf(at, step);
  const inner = typeof next === "number" ? upTo(there, next) : isRecord(there) ? there : {};
  at[step] = inner;
  return inner as Record<Step, unknown>;
}

/** As Helm fills a list up to the place that is set: one that grows is another list. */
function upTo(there: unknown, index: number): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(there) ? there : [];
  if (index < list.length) return list;
  return Array.from({ length: index + 1 }, (_, at) => list[at] ?? null);
}

function stepsOf(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  const form = /(?:^|(?<!^)\.)((?:\\.|[^.[\\=,])+)|\[(\d{1,4})\](?=[.[]|$)/gsy;
  let end = 0;
  for (const match of path.matchAll(form)) {
    const [whole, key, index] = match;
    end = match.index + whole.length;
    const name = key?.replace(/\\(.)/gs, "$1");
    if (name === "__proto__") return undefined;
    steps.push(name ?? Number(index));
  }
  const isKnown = end === path.length && steps.length <= 30;
  return isKnown && typeof steps[0] === "string" ? steps : undefined;
}

/** Flux' own: a text between quotes of one kind stays a text, without any quotes at its ends. */
function withoutQuotes(text: string): string | undefined {
  const isQuoted = ["'", '"'].some((quote) => text.startsWith(quote) && text.endsWith(quote));
  return isQuoted ? text.replace(/^["']+|["']+$/g, "") : undefined;
}

function typed(text: string): unknown {
  if (/^true$/iu.test(text)) return true;
  if (/^false$/iu.test(text)) return false;
  if (/^null$/iu.test(text)) return null;
  if (text === "0") return 0;
  if (!/^(?:[1-9]|[+-]\d)\d*$/.test(text)) return text;
  const whole = BigInt(text.replace(/^\+/, ""));
  if (BigInt.asIntN(64, whole) !== whole) return text;
  const isSafe = Number.isSafeInteger(Number(whole));
  return isSafe ? Number(whole) : whole;
}
