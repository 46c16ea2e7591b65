import type { Environment, Variable } from "../../core/delivery/delivery.ts";
import type { Problem } from "../../core/errors.ts";
import { sha256 } from "../../clients/sha256.ts";
import { yamlNumber } from "../../core/manifests/yaml-number.ts";

/** A variable as a pipeline, a file or the command line gives it. */
export type GivenVariable = {
  readonly value: string;
  readonly secret: boolean;
  /** Where it comes from, for people: `pipeline variable`, `--set`, a file. */
  readonly origin: string;
};

export type VariableSource = (name: string) => GivenVariable | undefined;

export type ResolvedVariable = {
  readonly value: string | number | bigint | boolean;
  /** As the pipeline spells it: `1.10`. */
  readonly text: string;
  readonly origin: string;
};

/** The declared variables of an environment with their typed values, and what is wrong with them. */
export function resolveVariables(
  environment: Environment,
  source: VariableSource,
): {
  readonly variables: ReadonlyMap<string, ResolvedVariable>;
  readonly problems: readonly Problem[];
} {
  const variables = new Map<string, ResolvedVariable>();
  const problems: Problem[] = [];
  for (const variable of environment.config.variables) {
    const resolved = resolve(variable, source(variable.from));
    if (typeof resolved === "string") {
      problems.push({ message: `environment ${environment.name}: ${resolved}` });
    } else variables.set(variable.name, resolved);
  }
  return { variables, problems };
}

function resolve(variable: Variable, given: GivenVariable | undefined): ResolvedVariable | string {
  const { name, type, from } = variable;
  const what = from === name ? `variable ${name}` : `variable ${name} (from ${from})`;
  if (given === undefined) {
    if (variable.default !== undefined) {
      const { default: value } = variable;
      return { value, text: String(value), origin: "default in fluxgate.yaml" };
    }
    return `${what} has no value: set it in the pipeline (a variable group, say) or give it a default`;
  }
  if (given.secret) {
    return `${what} is secret and would be written to git in plain text: let the cluster read it from a secret store`;
  }
  const value = typed(given.value, type);
  // The value is not repeated: it may be one that was meant to be secret.
  if (value === undefined) return `${what} is no ${type}${hintFor(given.value, type)}`;
  const text = type === "string" ? given.value : given.value.trim();
  return { value, text: type === "boolean" ? String(value) : text, origin: given.origin };
}

/**
 * What a render was given, comparable but not readable. Secret variables are refused before, so
 * nothing that must not be guessed is in it.
 */
export function digestOfVariables(
  variables: ReadonlyMap<string, ResolvedVariable> = new Map(),
): string | undefined {
  if (variables.size === 0) return undefined;
  const pairs = [...variables].map(([name, { text }]) => [name, text] as const);
  return sha256(JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1))));
}

function hintFor(text: string, type: Variable["type"]): string {
  if (text.trim() === "") return " (it is empty)";
  const macro = /\$\([A-Za-z_][\w.]*\)/.exec(text)?.[0];
  if (macro !== undefined) return ` (it holds ${macro}, of which the pipeline has no value)`;
  if (type === "boolean") return " (true or false)";
  // 010 is eight to YAML and ten to a person.
  const hasZeros = /^\s*[-+]?0\d/.test(text);
  return hasZeros ? " (it begins with a zero: declare it as string, or leave the zero out)" : "";
}

const integer = /^[-+]?(?:0|[1-9]\d*)$/;
const decimal = /^[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

function typed(text: string, type: Variable["type"]): ResolvedVariable["value"] | undefined {
  const trimmed = text.trim();
  switch (type) {
    case "string":
      return text;
    case "integer":
      return integer.test(trimmed) ? yamlNumber(trimmed) : undefined;
    case "number":
      return decimal.test(trimmed) ? yamlNumber(trimmed) : undefined;
    case "boolean":
      return /^(true|false)$/i.test(trimmed) ? trimmed.toLowerCase() === "true" : undefined;
  }
}
