// `$(name)`: one pass over a text. Values that name other variables are expanded before that, as
// the agent does before each step.
import type { Variables } from "./variables.ts";

const deepest = 50;

/** Replaces `$(name)`; unknown ones stay as they are, and what was put in is not looked at again. */
export function expandMacros(text: string, variables: Variables): string {
  return onePass(text, (name) => expandedValue(variables, name));
}

/** The value of a variable with the variables that it names; itself where it goes in a circle. */
export function expandedValue(
  variables: Variables,
  name: string,
  above: readonly string[] = [],
): string | undefined {
  const key = name.toLowerCase();
  const found = variables.get(key);
  if (!found || above.includes(key) || above.length >= deepest) return found?.value;
  return onePass(found.value, (inner) => expandedValue(variables, inner, [...above, key]));
}

function onePass(text: string, valueOf: (name: string) => string | undefined): string {
  let out = "";
  let at = 0;
  for (;;) {
    const open = text.indexOf("$(", at);
    const close = open === -1 ? -1 : text.indexOf(")", open);
    if (close === -1) return out + text.slice(at);
    const value = valueOf(text.slice(open + 2, close));
    // What is no variable may begin with one: `$(a$(b))`.
    const to = value === undefined ? open + 2 : close + 1;
    out += text.slice(at, open) + (value ?? text.slice(open, to));
    at = to;
  }
}
