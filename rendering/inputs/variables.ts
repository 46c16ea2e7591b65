import type { Environment, Variable } from "../../core/delivery/delivery.ts";
import type { Problem } from "../../core/errors.ts";

/** A variable as a pipeline, a file or the command line gives it. */
export type GivenVariable = {
  readonly value: string;
  readonly secret: boolean;
  /** Where it comes from, for people: `pipeline variable`, `--set`, a file. */
  readonly origin: string;
};

export type VariableSource = (name: string) => GivenVariable | undefined;

export type ResolvedVariable = {
  readonly value: string | number | boolean;
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
      return { value: variable.default, origin: "default in fluxgate.yaml" };
    }
    return `${what} has no value: set it in the pipeline (a variable group, say) or give it a default`;
  }
  if (given.secret) {
    return `${what} is secret and would be written to git in plain text: let the cluster read it from a secret store`;
  }
  const value = typed(given.value, type);
  // The value is not repeated: it may be one that was meant to be secret.
  return value === undefined ? `${what} is no ${type}` : { value, origin: given.origin };
}

function typed(text: string, type: Variable["type"]): string | number | boolean | undefined {
  const trimmed = text.trim();
  switch (type) {
    case "string":
      return text;
    case "integer":
      return /^[-+]?\d+$/.test(trimmed) && Number.isSafeInteger(Number(trimmed))
        ? Number(trimmed)
        : undefined;
    case "number":
      return trimmed !== "" && Number.isFinite(Number(trimmed)) ? Number(trimmed) : undefined;
    case "boolean":
      return /^(true|false)$/i.test(trimmed) ? trimmed.toLowerCase() === "true" : undefined;
  }
}
