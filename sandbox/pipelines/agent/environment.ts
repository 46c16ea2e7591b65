import { delimiter } from "node:path";
import type { StepContext } from "../engine/job-context.ts";
import { expandedValue, expandMacros } from "../engine/macros.ts";

/** What a process of the agent sees: variables, secrets only where `env` maps them. */
export function environmentOf(context: StepContext): Record<string, string> {
  const { variables, state, step, paths } = context;
  const path = [...paths, state.stubsDirectory, state.toolsDirectory, process.env["PATH"]]
    .filter(Boolean)
    .join(delimiter);
  const env: Record<string, string> = {
    ...state.agentEnvironment(),
    ...{ PATH: path, LANG: "C.UTF-8", HOME: state.workDirectory },
    // These agents reach every registry at the sandbox's own.
    FLUXGATE_REGISTRYADDRESSES: `*=${state.registry.url}`,
  };
  for (const [name, value] of Object.entries(step.env)) {
    env[name] = expandMacros(value, variables);
  }
  // Public variables are put over what the step says itself. Of two with one name there the first
  // by alphabet counts.
  const shown = [...variables.values()].filter(({ isSecret }) => !isSecret);
  const put = new Set<string>();
  for (const { name } of shown.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = environmentName(name);
    if (put.has(key)) continue;
    put.add(key);
    env[key] = expandedValue(variables, name) ?? "";
  }
  return env;
}

export function environmentName(variable: string): string {
  return variable.replace(/[. ]/g, "_").toUpperCase();
}
