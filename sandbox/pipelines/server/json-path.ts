// The part of JSONPath that task conditions use: names, indices, `*`, `..`, slices and filters
// `[?(@.a=='x' && @.b!='y')]`.
import { isCollection, type Value } from "../expressions/values.ts";

/** Everything in `root` that the path selects. @throws for what it cannot read. */
export function jsonPath(root: Value, path: string): readonly Value[] {
  if (!path.startsWith("$")) throw new Error(`a JSONPath begins with $, not ${path}`);
  let found: readonly Value[] = [root];
  let rest = path.slice(1);
  while (rest !== "") {
    const step = nextStep(rest, path);
    rest = rest.slice(step.length);
    const from = step.deep ? found.flatMap(everything) : found;
    found = from.flatMap((value) => select(value, step.selector));
  }
  return found;
}

type Step = { readonly deep: boolean; readonly selector: string; readonly length: number };

function nextStep(rest: string, path: string): Step {
  const named = /^(\.\.?)([\w$-]+|\*)/.exec(rest);
  if (named) {
    const [whole, dots, name = ""] = named;
    return {
      deep: dots === "..",
      selector: name === "*" ? "*" : `'${name}'`,
      length: whole.length,
    };
  }
  const dots = /^(\.\.)?\[/.exec(rest);
  if (!dots) throw new Error(`cannot read ${rest} in ${path}`);
  const end = closing(rest, dots[0].length - 1);
  if (end < 0) throw new Error(`a bracket is not closed in ${path}`);
  return {
    deep: dots[1] !== undefined,
    selector: rest.slice(dots[0].length, end).trim(),
    length: end + 1,
  };
}

// Index of the bracket that closes the one at `from`; brackets inside quotes do not count.
function closing(text: string, from: number): number {
  let depth = 0;
  let quote = "";
  for (let index = from; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (quote) quote = sign === quote ? "" : quote;
    else if (sign === "'" || sign === '"') quote = sign;
    else if (sign === "[") depth += 1;
    else if (sign === "]" && (depth -= 1) === 0) return index;
  }
  return -1;
}

function select(value: Value, selector: string): readonly Value[] {
  if (!isCollection(value)) return [];
  if (selector === "*") return Object.values(value as Record<string, Value>);
  const filter = /^\?\s*\((.*)\)$/s.exec(selector)?.[1];
  if (filter !== undefined) {
    return Object.values(value as Record<string, Value>).filter((one) => holds(one, filter));
  }
  return selector.split(",").flatMap((part) => {
    const quoted = /^\s*(['"])(.*)\1\s*$/s.exec(part)?.[2];
    const key = quoted ?? part.trim();
    const index = Array.isArray(value) && Number(key) < 0 ? value.length + Number(key) : key;
    const found = (value as Record<string, Value>)[String(index)];
    return found === undefined ? [] : [found];
  });
}

function everything(value: Value): readonly Value[] {
  if (!isCollection(value)) return [value];
  return [value, ...Object.values(value as Record<string, Value>).flatMap(everything)];
}

function holds(value: Value, filter: string): boolean {
  return outside(filter, "||").some((side) =>
    outside(side, "&&").every((part) => compares(value, part.trim())),
  );
}

// Splits at a sign that does not stand inside quotes.
function outside(text: string, sign: string): readonly string[] {
  const parts: string[] = [];
  let quote = "";
  let current = "";
  for (let index = 0; index < text.length; index += 1) {
    const one = text.charAt(index);
    if (quote) quote = one === quote ? "" : quote;
    else if (one === "'" || one === '"') quote = one;
    if (!quote && text.startsWith(sign, index)) {
      parts.push(current);
      current = "";
      index += sign.length - 1;
    } else current += one;
  }
  return [...parts, current];
}

function compares(value: Value, part: string): boolean {
  const match = /^(@[^=!<>]*?)\s*(==|!=|<=|>=|<|>)\s*(.+)$/s.exec(part);
  if (!match) {
    const present = /^@(.*)$/s.exec(part)?.[1];
    if (present === undefined) throw new Error(`cannot read the filter ${part}`);
    return jsonPath(value, `$${present}`).length > 0;
  }
  const [, left = "", sign, right = ""] = match;
  const [found] = jsonPath(value, `$${left.slice(1).trim()}`);
  const wanted = literal(right.trim());
  switch (sign) {
    case "==":
      return found === wanted;
    case "!=":
      return found !== wanted;
    case "<":
      return Number(found) < Number(wanted);
    case ">":
      return Number(found) > Number(wanted);
    case "<=":
      return Number(found) <= Number(wanted);
    default:
      return Number(found) >= Number(wanted);
  }
}

function literal(text: string): Value {
  const quoted = /^(['"])(.*)\1$/s.exec(text)?.[2];
  return quoted ?? (JSON.parse(text) as Value);
}
