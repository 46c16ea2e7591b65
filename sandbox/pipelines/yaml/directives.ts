// `${{ if }}`, `elseif`, `else`, `each` and `insert` as keys: what stands in their place.
import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { ExpressionError } from "../expressions/parse.ts";
import { isCollection, toBoolean, type Value } from "../expressions/values.ts";
import { PipelineError, type Entry, type Node, type Place } from "./node.ts";

/** Whether an `if` of the row before has been taken; undefined when there is none. */
export type Chain = { taken: boolean | undefined };
export type Branch = { readonly value: Node; readonly scope: Scope };

const directive = /^\$\{\{\s*(if|elseif|else|each|insert)\b\s*(.*?)\s*\}\}$/s;

export function isDirective(key: string): boolean {
  return directive.test(key);
}

/** Undefined when the entry is no directive; otherwise what stands in its place. */
export function selectBranches(
  one: Entry,
  chain: Chain,
  scope: Scope,
): readonly Branch[] | undefined {
  const match = directive.exec(one.key);
  if (!match) return undefined;
  const [, kind = "", rest = ""] = match;
  const here = { value: one.value, scope };
  if ((kind === "else" || kind === "elseif") && chain.taken === undefined) {
    throw new PipelineError(`\`${kind}\` follows no \`if\``, one.at);
  }
  switch (kind) {
    case "if":
    case "elseif": {
      if (rest === "") throw new PipelineError(`\`${kind}\` needs a condition`, one.at);
      if (kind === "elseif" && chain.taken) return [];
      chain.taken = toBoolean(valueAt(rest, one.at, scope));
      return chain.taken ? [here] : [];
    }
    case "else": {
      const { taken } = chain;
      chain.taken = undefined;
      return taken ? [] : [here];
    }
    case "insert":
      chain.taken = undefined;
      return [here];
    default: {
      chain.taken = undefined;
      const [, name = "", list = ""] = /^([\w-]+)\s+in\s+(.*)$/s.exec(rest) ?? [];
      if (name === "") throw new PipelineError("`each` needs `name in list`", one.at);
      return elements(valueAt(list, one.at, scope)).map((element) => ({
        value: one.value,
        scope: { ...scope, names: { ...scope.names, [name]: element } },
      }));
    }
  }
}

// Mappings are walked as pairs {key, value}.
function elements(list: Value): readonly Value[] {
  if (Array.isArray(list)) return list as readonly Value[];
  if (!isCollection(list)) return [];
  return Object.entries(list as Record<string, Value>).map(([key, value]) => ({ key, value }));
}

function valueAt(text: string, place: Place, scope: Scope): Value {
  try {
    return evaluate(text, scope);
  } catch (error) {
    throw located(error, place);
  }
}

/** The same error with its place, where it is one of an expression. */
export function located(error: unknown, place: Place): unknown {
  return error instanceof ExpressionError ? new PipelineError(error.message, place) : error;
}
