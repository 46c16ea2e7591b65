import { causeText, FluxgateError } from "../../core/errors.ts";
import type { TaskLog } from "../common/task-env.ts";

/** Something that a pull request still needs once it is open. */
export type Step = {
  /** A verb phrase: `set the labels a, b`. */
  readonly what: string;
  readonly take: () => Promise<void>;
};

/**
 * Takes each; what is refused is tried once more when the others are done. The steps may be taken
 * again by a retry of the stage, so each first looks what is there.
 * @returns what is missing, in words.
 */
export async function takeSteps(log: TaskLog, steps: readonly Step[]): Promise<readonly string[]> {
  const refused: Step[] = [];
  for (const step of steps) if ((await tryStep(step)) !== undefined) refused.push(step);
  const missing: string[] = [];
  for (const step of refused) {
    const why = await tryStep(step);
    if (why === undefined) continue;
    missing.push(`could not ${step.what}: ${why}`);
    log.warn(`Could not ${step.what}: ${why}`);
  }
  return missing;
}

async function tryStep({ take }: Step): Promise<string | undefined> {
  try {
    await take();
    return undefined;
  } catch (error) {
    if (!(error instanceof FluxgateError)) throw error;
    return error.hint === undefined ? causeText(error) : `${causeText(error)}. ${error.hint}`;
  }
}
