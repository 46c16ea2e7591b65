import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { toText, type Value } from "../expressions/values.ts";
import type { Run } from "../run.ts";
import { variablesValue } from "./scopes.ts";
import { expandMacros } from "./macros.ts";
import { type Variables } from "./variables.ts";

const runtime = /^\s*\$\[(.*)\]\s*$/s;

/** Values `$[ … ]` are worked out in the order of their declaration. */
export function resolveRuntime(run: Run, variables: Variables, scope: Scope): void {
  for (const [key, variable] of variables) {
    const expression = runtime.exec(variable.value)?.[1];
    if (expression === undefined) continue;
    const value = toText(runtimeValue(expression, run, { variables, scope }));
    variables.set(key, { ...variable, value });
  }
}

/** A text that may be an expression or hold macros, as a time-out or a flag may. */
export function settled(
  text: string,
  run: Run,
  at: { readonly variables: Variables; readonly scope: Scope },
): string {
  const expression = runtime.exec(text)?.[1];
  return expression === undefined
    ? expandMacros(text, at.variables)
    : toText(runtimeValue(expression, run, at));
}

function runtimeValue(
  expression: string,
  run: Run,
  { variables, scope }: { readonly variables: Variables; readonly scope: Scope },
): Value {
  return evaluate(expression, {
    names: { ...scope.names, variables: variablesValue(variables) },
    functions: { ...scope.functions, counter: (args) => nextOf(run, args) },
  });
}

// `counter(prefix, seed)`: one number a run and prefix, counted over the pipeline's runs.
function nextOf({ definition, properties }: Run, args: readonly Value[]): number {
  const prefix = toText(args[0]);
  const key = `counter:${prefix}`;
  const own = properties.get(key);
  if (own !== undefined) return Number(own);
  const next = definition.counters.get(prefix) ?? Number(toText(args[1] ?? "0"));
  definition.counters.set(prefix, next + 1);
  properties.set(key, String(next));
  return next;
}
