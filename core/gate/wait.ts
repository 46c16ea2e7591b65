import type { CommitStatus } from "../azure-devops/types.ts";
import type { BuildId, CommitSha, JobId, PlanId, TaskId } from "../brand.ts";

/** What makes a wait one wait; a retried job is another. */
export type WaitKey = {
  readonly organisation: string;
  /** Id. */
  readonly project: string;
  readonly build: BuildId;
  readonly plan: PlanId;
  readonly job: JobId;
  readonly task: TaskId;
  readonly attempt: number;
};

/** A paused pipeline whose letter was accepted. */
export type Wait = {
  readonly key: WaitKey;
  readonly delivery: string;
  readonly environment: string;
  /** Id of the manifests repository, and the commit that carries the letter. */
  readonly repository: string;
  readonly carrier: CommitSha;
  /** To be closed at the end. */
  readonly letter: CommitStatus;
  /** When the wait must have ended, ms since 1970. */
  readonly deadline: number;
};

export function waitKeyText(key: WaitKey): string {
  const { organisation, project, build, plan, job, task, attempt } = key;
  return [organisation, project, build, plan, job, task, attempt].join("/");
}
