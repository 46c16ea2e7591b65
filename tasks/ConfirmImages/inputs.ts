import { resolve } from "node:path";
import { InputError } from "../../core/errors.ts";
import { stageAttemptOf } from "../common/stage-attempt.ts";
import type { TaskEnv } from "../common/task-env.ts";

export type Inputs = {
  /** Absolute path. */
  readonly imagesFile: string;
  readonly askRegistry: boolean;
  /** Of the stage. */
  readonly attempt: number;
};

/** @throws InputError when the list is not named. */
export function readInputs(env: TaskEnv): Inputs {
  const sources = env.variable("System.DefaultWorkingDirectory") ?? ".";
  const imagesFile = env.input("imagesFile");
  if (imagesFile === "") throw new InputError([{ message: "Input imagesFile is empty" }]);
  return {
    imagesFile: resolve(sources, imagesFile),
    askRegistry: env.flag("askRegistry"),
    attempt: stageAttemptOf(env),
  };
}
