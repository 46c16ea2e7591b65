import { runBody, type TaskBody } from "./run-body.ts";
import { pipelineAgent } from "./task-env.ts";

/** The entry of every task: its body under the agent that started this process. */
export function runTask(name: string, body: TaskBody): Promise<void> {
  return runBody(pipelineAgent(), name, body);
}
