/**
 * Whether a field's path, as a comparison writes it, fits a pattern: `*` stands for anything inside one
 * step, `**` for any number of steps.
 */
// Without a regular expression made of others' text: a pattern of stars could take for ever.
export function fieldPattern(pattern: string): (path: string) => boolean {
  const wanted = stepsOf(pattern);
  return (path) => fits(wanted, stepsOf(path));
}

function stepsOf(path: string): readonly string[] {
  return path.split(/\.(?![^[]*\])|(?=\[)/).filter((step) => step !== "");
}

function fits(wanted: readonly string[], steps: readonly string[]): boolean {
  // One row of the usual table: which prefixes of `steps` fit what was wanted so far.
  let row = steps.map(() => false);
  let none = true;
  for (const want of wanted) {
    const next: boolean[] = [];
    for (const [index, step] of steps.entries()) {
      const before = index === 0 ? none : (row[index - 1] ?? false);
      const deep = want === "**" && (before || (row[index] ?? false) || (next[index - 1] ?? false));
      next.push(deep || (before && fitsStep(want, step)));
    }
    none = none && want === "**";
    row = next;
  }
  return steps.length === 0 ? none : (row.at(-1) ?? false);
}

function fitsStep(want: string, step: string): boolean {
  const parts = want.split("*");
  if (parts.length === 1) return want === step;
  const [first = "", ...rest] = parts;
  const last = rest.pop() ?? "";
  if (!step.startsWith(first) || !step.endsWith(last)) return false;
  if (step.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = step.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= step.length - last.length;
}

/** Whether a pattern names nothing: it would fit every field of an object. */
export function fitsEverything(pattern: string): boolean {
  return stepsOf(pattern).every((step) => /^[*[\]"]*$/.test(step));
}
