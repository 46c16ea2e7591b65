import { InputError } from "../../core/errors.ts";
import { lostPlaceholders } from "../../core/render/lost-placeholders.ts";
import type { StepContext } from "../step-context.ts";

/**
 * Looks into files that a tool is about to read: what it writes no longer shows the placeholder.
 * @throws InputError naming each with its file and line.
 */
export function refuseLostPlaceholders(
  files: readonly string[],
  { copy, delivery }: StepContext,
): void {
  if (delivery.validate.off.includes("placeholders")) return;
  const yaml = files.filter((file) => /\.ya?ml$/.test(file));
  const problems = yaml.flatMap((file) => lostPlaceholders(copy.read(file), file));
  if (problems.length > 0) throw new InputError(problems);
}
