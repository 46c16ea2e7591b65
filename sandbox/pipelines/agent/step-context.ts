import type { JobContext } from "../engine/execute-job.ts";
import { logLines } from "../engine/records.ts";
import type { TimelineRecord } from "../state.ts";
import type { Step } from "../yaml/model.ts";

export type StepContext = JobContext & {
  readonly step: Step;
  readonly taskRecord: TimelineRecord;
};

export function say(context: StepContext, ...lines: readonly string[]): void {
  logLines(context.state, { run: context.run, record: context.taskRecord }, lines);
}

/** The folders of an agent job. @throws when the job has none. */
export function workspaceOf({ workspace, job }: JobContext) {
  if (!workspace) throw new Error(`job ${job.name} runs on the server and has no folders`);
  return workspace;
}
