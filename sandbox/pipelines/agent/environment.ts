import { delimiter } from "node:path";
import type { StepContext } from "../engine/job-context.ts";
import { expandMacros } from "../engine/variables.ts";

/** What a process of the agent sees: variables, secrets only where `env` maps them. */
export function environmentOf(context: StepContext): Record<string, string> {
  const { variables, state, step, paths } = context;
  const path = [...paths, state.stubsDirectory, state.toolsDirectory, process.env["PATH"]]
    .filter(Boolean)
    .join(delimiter);
  const env: Record<string, string> = {
    ...{ PATH: path, LANG: "C.UTF-8", HOME: state.workDirectory },
    // These agents reach every registry at the sandbox's own.
    FLUXGATE_REGISTRYADDRESSES: `*=${state.registry.url}`,
  };
  for (const { name, value, isSecret } of variables.values()) {
    if (!isSecret) env[environmentName(name)] = value;
  }
  for (const [name, value] of Object.entries(step.env)) {
    env[name] = expandMacros(value, variables);
  }
  return env;
}

export function environmentName(variable: string): string {
  return variable.replace(/[. ]/g, "_").toUpperCase();
}
