import type { StepContext } from "../engine/job-context.ts";

/** @throws as the agent: several lines cannot be masked safely. */
export function demandOneLine({ variables }: StepContext, value: string): void {
  const allowed = variables.get("system_unsafeallowmultilinesecret")?.value ?? "false";
  if (/[\r\n]/.test(value) && allowed.toLowerCase() !== "true") {
    throw new Error("Secrets cannot contain multiple lines");
  }
}
