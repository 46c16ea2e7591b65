// What a chart's template names of its values: itself, and in the helpers that it includes.

/** A template's text, or a helper's between `define` and `end`. */
type Body = {
  /** `a.b` of `.Values.a.b`. */
  readonly names: readonly string[];
  /** Helpers that are included with the values of this body. */
  readonly includes: readonly string[];
  /** All that it includes, with whatever. */
  readonly calls: readonly string[];
  /** It asks the cluster for objects. */
  readonly looksUp: boolean;
};

type Template = { readonly own: Body; readonly defined: ReadonlyMap<string, Body> };

/** Helpers of a chart by name: those of all its templates, of its subcharts too. */
export type Helpers = ReadonlyMap<string, Body>;

const longestTemplate = 200_000;

/** A helper that two templates define is none: which of them counts is helm's order of reading. */
export function helpersOf(texts: readonly string[]): Helpers {
  const found = new Map<string, Body>();
  const twice = new Set<string>();
  for (const [name, body] of texts.flatMap((text) => [...readTemplate(text).defined])) {
    if (found.has(name)) twice.add(name);
    found.set(name, body);
  }
  for (const name of twice) found.delete(name);
  return found;
}

/** The values that a template names, its own names first; comments name nothing. */
export function valueNames(text: string, helpers: Helpers): readonly string[] {
  const { own } = readTemplate(text);
  const seen = new Set(own.includes);
  // Grows while it is walked: helpers include others.
  for (const name of seen) for (const next of helpers.get(name)?.includes ?? []) seen.add(next);
  const further = [...seen].flatMap((name) => helpers.get(name)?.names ?? []);
  return [...new Set([...own.names, ...further])];
}

/** Whether a template asks the cluster for objects (`lookup`), itself or by the helpers it includes. */
export function asksCluster(text: string, helpers: Helpers): boolean {
  const { own } = readTemplate(text);
  const seen = new Set(own.calls);
  // Grows while it is walked.
  for (const name of seen) for (const next of helpers.get(name)?.calls ?? []) seen.add(next);
  return own.looksUp || [...seen].some((name) => helpers.get(name)?.looksUp === true);
}

type Open = { readonly rebinds: boolean; readonly helper?: string };

function readTemplate(text: string): Template {
  const bodies = new Map<
    string,
    { names: string[]; includes: string[]; calls: string[]; looksUp: boolean }
  >();
  const bodyOf = (name: string) => {
    const known = bodies.get(name) ?? { names: [], includes: [], calls: [], looksUp: false };
    bodies.set(name, known);
    return known;
  };
  const open: Open[] = [];
  for (const action of actionsOf(text.slice(0, longestTemplate))) {
    const helper = open.findLast((one) => one.helper !== undefined)?.helper;
    const body = bodyOf(helper ?? "");
    // Inside `with` and `range` the dot is another thing; `$` stays.
    const inner = open.slice(open.findLastIndex((one) => one.helper !== undefined) + 1);
    const isRoot = !inner.some(({ rebinds }) => rebinds);
    body.names.push(...namesIn(action, isRoot));
    body.includes.push(...includesIn(action, isRoot));
    body.calls.push(...callsIn(action));
    body.looksUp ||= /(?<![\w.$"-])lookup\s/.test(withoutTexts(action));
    const [keyword = ""] = /^\w+/.exec(action) ?? [];
    if (keyword === "end") open.pop();
    const opened = opens(keyword, action);
    if (opened !== undefined) open.push(opened);
  }
  const own = bodyOf("");
  bodies.delete("");
  return { own, defined: bodies };
}

function actionsOf(text: string): readonly string[] {
  return [...text.matchAll(/\{\{-?\s*(\/\*[^]*?\*\/|[^]*?)\s*-?\}\}/g)]
    .map(([, action = ""]) => action)
    .filter((action) => !action.startsWith("/*"));
}

function opens(keyword: string, action: string): Open | undefined {
  switch (keyword) {
    case "if":
      return { rebinds: false };
    case "with":
    case "range":
      return { rebinds: true };
    case "define": {
      const [, helper] = /^define\s+"([^"]+)"/.exec(action) ?? [];
      // One whose name is not plain is nobody's.
      return { rebinds: false, helper: helper ?? "\u0000" };
    }
    // A block is a helper and its use at once, with whatever it is given.
    case "block":
      return { rebinds: true };
    default:
      return undefined;
  }
}

function namesIn(action: string, isRoot: boolean): readonly string[] {
  return [...action.matchAll(/(?<![\w.)\]])(\$\w*)?\.Values((?:\.[A-Za-z_]\w*)+)/g)].flatMap(
    ([, variable, path = ""]) => (variable === undefined && !isRoot ? [] : [path.slice(1)]),
  );
}

function includesIn(action: string, isRoot: boolean): readonly string[] {
  return [...action.matchAll(/\b(?:include|template)\s+"([^"]+)"\s+(\$|\.)(?![\w.])/g)].flatMap(
    ([, name = "", context]) => (context === "$" || isRoot ? [name] : []),
  );
}

function callsIn(action: string): readonly string[] {
  return [...action.matchAll(/\b(?:include|template)\s+"([^"]+)"/g)].map(([, name = ""]) => name);
}

function withoutTexts(action: string): string {
  return action.replaceAll(/"(?:\\.|[^"\\])*"|`[^`]*`/g, '""');
}
