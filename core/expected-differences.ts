// Differences between environments that a team expects, with the reason: they lie in the manifests
// repository (`.fluxgate/expected-differences.json`), so that a change of them is reviewed as any
// other. They are subtracted where environments are compared and counted there, never in a review.
import type { ObjectChange } from "./diff/object-change.ts";
import { pathText } from "./diff/path.ts";
import { objectsAt, textAt } from "./flux/read-json.ts";

export const expectedDifferencesFile = ".fluxgate/expected-differences.json";

export type ExpectedDifference = {
  /** Absent: any. */
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** As the comparison writes it; `*` stands for anything inside one step, `**` for any steps. */
  readonly path: string;
  readonly reason: string;
};

/** Never throws: what is no rule is a problem, and hides nothing. */
export function parseExpectedDifferences(text: string): {
  readonly rules: readonly ExpectedDifference[];
  readonly problems: readonly string[];
} {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { rules: [], problems: [`${expectedDifferencesFile} is not valid JSON`] };
  }
  const problems: string[] = [];
  const rules = objectsAt(value, "expected").flatMap((entry, index): ExpectedDifference[] => {
    const [path, reason] = [textAt(entry, "path"), textAt(entry, "reason")];
    if (path === undefined || reason === undefined) {
      const missing = path === undefined ? "path" : "reason";
      problems.push(`${expectedDifferencesFile}: rule ${index + 1} has no ${missing}`);
      return [];
    }
    const only = (key: "kind" | "namespace" | "name") => {
      const found = textAt(entry, key);
      return found === undefined ? {} : { [key]: found };
    };
    return [{ ...only("kind"), ...only("namespace"), ...only("name"), path, reason }];
  });
  if (!Array.isArray((value as { readonly expected?: unknown } | null)?.expected)) {
    problems.push(`${expectedDifferencesFile} has no list "expected"`);
  }
  return { rules, problems };
}

export type Subtracted = {
  readonly objects: readonly ObjectChange[];
  /** How many edits each rule explained. */
  readonly counts: ReadonlyMap<ExpectedDifference, number>;
};

/** Takes expected edits out of changed objects; whole objects that come or go are never expected. */
export function subtractExpected(
  objects: readonly ObjectChange[],
  rules: readonly ExpectedDifference[],
): Subtracted {
  const counts = new Map<ExpectedDifference, number>();
  const compiled = rules.map((rule) => ({ rule, matches: pathMatcher(rule.path) }));
  const left = objects.flatMap((object): readonly ObjectChange[] => {
    if (object.change !== "changed") return [object];
    const own = compiled.filter(({ rule }) => isAbout(rule, object));
    const edits = object.edits.filter((edit) => {
      const found = own.find(({ matches }) => matches(pathText(edit.path)));
      if (found !== undefined) counts.set(found.rule, (counts.get(found.rule) ?? 0) + 1);
      return found === undefined;
    });
    return edits.length === 0 && object.edits.length > 0 ? [] : [{ ...object, edits }];
  });
  return { objects: left, counts };
}

function isAbout(rule: ExpectedDifference, { identity }: ObjectChange): boolean {
  return (["kind", "namespace", "name"] as const).every(
    (key) => rule[key] === undefined || rule[key] === identity[key],
  );
}

// Without a regular expression made of others' text: a pattern of stars could take for ever.
function pathMatcher(pattern: string): (path: string) => boolean {
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
