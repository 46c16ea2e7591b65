// How Helm reads `--set path=value`, for the values that Flux sets so (targetPath).

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
  const [, quoted] = /^(["'])[^]*\1$/.test(text) ? [true, text.replace(/^["']+|["']+$/g, "")] : [];
  const given = quoted ?? text;
  // A comma begins another setting, a brace a list, a bracket or backslash an escape.
  if (steps === undefined || (!isLiteral && /[,{}[\]\\]/.test(given))) return false;
  const value = isLiteral || quoted !== undefined ? given : typed(given);
  let at: Record<Step, unknown> = values;
  for (const [index, step] of steps.entries()) {
    // As Helm fills a list up to the place that is set.
    if (Array.isArray(at)) while (at.length < Number(step)) at.push(null);
    const next = steps[index + 1];
    if (next === undefined) at[step] = value;
    else at = enter(at, step, typeof next === "number");
  }
  return true;
}

function enter(at: Record<Step, unknown>, step: Step, isList: boolean): Record<Step, unknown> {
  const there = Object.hasOwn(at, step) ? at[step] : undefined;
  const fits = typeof there === "object" && there !== null && Array.isArray(there) === isList;
  const inner = fits ? there : isList ? [] : {};
  at[step] = inner;
  return inner as Record<Step, unknown>;
}

function stepsOf(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  const form = /\.?((?:\\.|[^.[\]\\=,{}])+)|\[(\d{1,4})\]/gy;
  let end = 0;
  for (const match of path.matchAll(form)) {
    const [whole, key, index] = match;
    end = match.index + whole.length;
    const name = key?.replace(/\\(.)/g, "$1");
    if (name === "__proto__") return undefined;
    steps.push(name ?? Number(index));
  }
  return end === path.length && typeof steps[0] === "string" ? steps : undefined;
}

function typed(text: string): unknown {
  if (text === "true") return true;
  if (text === "false") return false;
  if (text === "null") return null;
  if (text === "0") return 0;
  const isWhole = /^-?[1-9]\d{0,14}$/.test(text);
  return isWhole ? Number(text) : text;
}
