import type { Workspace } from "../agent/workspace.ts";
import type { Run, TimelineRecord } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import type { Job, Stage, Step } from "../yaml/model.ts";
import { logLines } from "./records.ts";
import type { JobTime } from "./job-time.ts";
import type { Variables } from "./variables.ts";

/** One job as it runs: a job may be several, by its matrix or by the hooks of its deployment. */
export type Instance = {
  /** `__default`, the leg's name, or that of the deployment or hook. */
  readonly name: string;
  readonly displayName: string;
  readonly variables: Readonly<Record<string, string>>;
  /** What stands before its outputs: `leg.`, `deployment.`, or nothing. */
  readonly outputPrefix: string;
  readonly server: boolean;
  readonly steps: readonly Step[];
  /** A deployment's hook `deploy` fetches the artefacts by itself. */
  readonly downloads: boolean;
};

export type AtJob = {
  readonly run: Run;
  readonly stage: Stage;
  readonly job: Job;
  readonly instance: Instance;
  readonly record: TimelineRecord;
  readonly stageAttempt: number;
};

/** What the steps of a job share. */
export type JobContext = AtJob & {
  readonly state: PipelinesState;
  readonly variables: Variables;
  readonly token: string;
  readonly time: JobTime;
  /** Agent jobs only. */
  readonly workspace: Workspace | undefined;
  /** Folders that `task.prependpath` put on the PATH, newest first. */
  readonly paths: string[];
  /** Endpoint fields that `task.setendpoint` has set. */
  readonly endpointFields: Map<string, string>;
};

export type StepContext = JobContext & {
  readonly step: Step;
  readonly taskRecord: TimelineRecord;
  /** Aborted when this step has to end. */
  readonly signal: AbortSignal;
};

export function say(context: StepContext, ...lines: readonly string[]): void {
  logLines(context.state, { run: context.run, record: context.taskRecord }, lines);
}

/** The folders of an agent job. @throws when the job has none. */
export function workspaceOf({ workspace, job }: JobContext): Workspace {
  if (!workspace) throw new Error(`job ${job.name} runs on the server and has no folders`);
  return workspace;
}
