import { resolve } from "node:path";
import { InputError } from "../../core/errors.ts";
import type { TaskEnv } from "../common/task-env.ts";

/** Absolute paths. */
export type Inputs = {
  readonly deliveryFile: string;
  readonly outputFile: string;
  /** undefined: every image counts as new. */
  readonly previousFile: string | undefined;
  /** Makes other tags of the same sources; empty or absent: that of the last list. */
  readonly salt?: string;
  /** Whether registries are asked what they hold. */
  readonly askRegistry?: boolean;
  /** Name that the list is published by; empty: not published. Default `image-tags`. */
  readonly artefact?: string;
};

/** @throws InputError with every problem at once. */
export function readInputs(env: TaskEnv): Inputs {
  const sources = env.variable("System.DefaultWorkingDirectory") ?? ".";
  const deliveryFile = env.input("deliveryFile");
  const outputFile = env.input("outputFile");
  const previousFile = env.input("previousFile");
  const empty = Object.entries({ deliveryFile, outputFile }).filter(([, value]) => value === "");
  if (empty.length > 0) {
    throw new InputError(empty.map(([name]) => ({ message: `Input ${name} is empty` })));
  }
  return {
    deliveryFile: resolve(sources, deliveryFile),
    outputFile: resolve(sources, outputFile),
    previousFile: previousFile === "" ? undefined : resolve(sources, previousFile),
    salt: env.input("salt"),
    askRegistry: env.flag("askRegistry"),
    artefact: env.input("artefact"),
  };
}
