import type { StepContext } from "../engine/job-context.ts";
import type { Result } from "../run.ts";
import type { Command } from "./parse-command.ts";

/** Does what one logging command says; returns the result that it gives the step, if it gives one. */
export type Act = (
  context: StepContext,
  command: Command,
) => Result | Promise<void> | undefined | void;

/** Of one area, by their events in lower case. */
export type Acts = Readonly<Record<string, Act>>;
