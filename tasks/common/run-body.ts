import { InputError, userMessage } from "../../core/errors.ts";
import type { Agent, TaskOutcome } from "./task-env.ts";

export type TaskBody = (agent: Agent) => Promise<TaskOutcome>;

/**
 * Runs a task to its one result: outputs set and "succeeded", or one message and "failed". The only
 * place of a task that catches.
 */
export async function runBody(agent: Agent, name: string, body: TaskBody): Promise<void> {
  agent.mask(agent.jobToken());
  try {
    const outcome = await body(agent);
    agent.publish(name, outcome);
  } catch (error) {
    if (error instanceof Error) agent.log.debug(error.stack ?? error.message);
    agent.fail(name, userMessage(error), error instanceof InputError ? error.problems : []);
  }
}
