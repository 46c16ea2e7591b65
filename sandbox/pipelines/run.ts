// A run, its timeline and what it leaves behind, as the organisation knows them.
import type { Identity } from "../azure-devops/identity.ts";
import type { Definition } from "./definition.ts";
import type { Pipeline } from "./yaml/model.ts";

export type RecordState = "pending" | "inProgress" | "completed";
export type Result =
  "succeeded" | "succeededWithIssues" | "failed" | "canceled" | "skipped" | "abandoned";

export type RecordType =
  | ("Stage" | "Phase" | "Job" | "Task" | "Checkpoint")
  | ("Checkpoint.Approval" | "Checkpoint.TaskCheck" | "Checkpoint.ExclusiveLock")
  | ("Checkpoint.Authorization" | "Checkpoint.ExtendsCheck");

/** A line of a run's timeline; Stage → Phase → Job → Task, and Stage → Checkpoint → its checks. */
export type TimelineRecord = {
  readonly id: string;
  readonly parentId: string | null;
  readonly type: RecordType;
  readonly refName: string;
  readonly identifier: string;
  readonly order: number;
  readonly attempt: number;
  readonly task: { readonly id: string; readonly name: string; readonly version: string } | null;
  name: string;
  startTime: string | null;
  finishTime: string | null;
  state: RecordState;
  result: Result | null;
  currentOperation: string | null;
  percentComplete: number | null;
  workerName: string | null;
  log: { readonly id: number } | null;
  readonly issues: Issue[];
  readonly variables: Map<string, { readonly value: string; readonly isSecret: boolean }>;
  previousAttempts: readonly PreviousAttempt[];
};

export type Issue = {
  readonly type: "error" | "warning";
  readonly message: string;
  readonly data: Readonly<Record<string, string>>;
};

export type PreviousAttempt = {
  readonly attempt: number;
  readonly timelineId: string;
  readonly recordId: string;
};

export type Reason =
  ("manual" | "individualCI" | "batchedCI" | "resourceTrigger" | "pullRequest") | "buildCompletion";

/** Something a run waits for from outside: what its partner calls may do with it. */
export type Waiter = {
  readonly complete: (result: "succeeded" | "failed") => void;
  /** TaskAssigned or TaskStarted has come: those time-outs are off. */
  readonly heard: (event: "assigned" | "started") => void;
};

export type RunAttachment = {
  readonly recordId: string;
  readonly type: string;
  readonly name: string;
  readonly bytes: Buffer;
};

export type Artifact = {
  readonly id: number;
  /** Folder on this machine; absent where only a reference was associated. */
  readonly folder: string | undefined;
  readonly type: string;
  readonly data: string;
  /** Id of the job's record. */
  readonly source: string;
};

export type Run = {
  readonly id: number;
  readonly definition: Definition;
  readonly definitionRevision: number;
  readonly planId: string;
  readonly reason: Reason;
  readonly queueTime: string;
  readonly sourceBranch: string;
  readonly sourceVersion: string;
  readonly requestedFor: Identity;
  readonly requestedBy: Identity;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Variables that were given when it was queued. */
  readonly variables: ReadonlyMap<string, { readonly value: string; readonly isSecret: boolean }>;
  /** Refs chosen for repository resources, by alias. */
  readonly refs: Readonly<Record<string, string>>;
  readonly triggeredBy: Run | undefined;
  readonly triggerInfo: Readonly<Record<string, string>>;
  readonly pullRequest: PullRequestSource | undefined;
  readonly stagesToSkip: ReadonlySet<string>;
  /** Runs behind `resources: pipelines`, by alias. */
  readonly pipelineRuns: Map<string, Run>;
  buildNumber: string;
  pipeline: Pipeline | undefined;
  status: "notStarted" | "inProgress" | "cancelling" | "completed";
  result: "succeeded" | "partiallySucceeded" | "failed" | "canceled" | undefined;
  startTime: string | undefined;
  finishTime: string | undefined;
  lastChanged: string;
  changeId: number;
  keepForever: boolean;
  /** Why it could not even begin. */
  validationError: string | undefined;
  readonly tags: Set<string>;
  readonly properties: Map<string, string>;
  readonly records: Map<string, TimelineRecord>;
  /** Records that a retry has taken the place of, by the id of their timeline. */
  readonly pastRecords: Map<string, readonly TimelineRecord[]>;
  /** Lines by log id. */
  readonly logs: Map<number, RunLog>;
  /** Console lines that partners fed, by record id. */
  readonly feed: Map<string, string[]>;
  readonly artifacts: Map<string, Artifact>;
  readonly attachments: RunAttachment[];
  /** Result of each stage of the newest attempt. */
  readonly stageResults: Map<string, Result>;
  readonly attempts: Map<string, number>;
  /** Outputs: stage → job → `step.variable` → value. */
  readonly outputs: Map<string, Map<string, Map<string, string>>>;
  readonly jobResults: Map<string, Map<string, Result>>;
  /** Tasks and checks that wait for TaskCompleted, by record id. */
  readonly waiting: Map<string, Waiter>;
  /** Called when the run, or a stage of it, is cancelled. */
  readonly cancellations: Set<Cancellation>;
  readonly cancelledStages: Set<string>;
  /** Manual stages that somebody has started, and how to tell one that waits. */
  readonly startedStages: Set<string>;
  readonly stageStarts: Map<string, () => void>;
  readonly secrets: Set<string>;
};

export type Cancellation = {
  readonly stage: string;
  readonly cancel: () => void;
  /** At once, whatever runs `always()`: the sandbox is being closed. */
  readonly end: () => void;
};

export type PullRequestSource = {
  readonly id: number;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  readonly sourceCommit: string;
};

export type RunLog = {
  readonly lines: string[];
  readonly createdOn: string;
  changedOn: string;
};
