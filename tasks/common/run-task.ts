import { InputError, userMessage } from "../../core/errors.ts";
import { type Agent, pipelineAgent, type TaskOutcome } from "./task-env.ts";

/**
 * Runs a task to its one result: outputs set and "succeeded", or one message and "failed". The only
 * place of a task that catches.
 */
export async function runTask(
  name: string,
  body: (agent: Agent) => Promise<TaskOutcome>,
  agent: Agent = pipelineAgent(),
): Promise<void> {
  agent.mask(agent.jobToken());
  try {
    const outcome = await body(agent);
    agent.publish(name, outcome);
  } catch (error) {
    if (error instanceof Error) agent.log.debug(error.stack ?? error.message);
    agent.fail(userMessage(error), error instanceof InputError ? error.problems : []);
  }
}
