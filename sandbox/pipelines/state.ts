// Pipelines, their runs and what belongs to them, as the organisation knows them.
import type { Identity, Organisation, Project, Repository } from "../azure-devops/state.ts";
import type { Pipeline } from "./yaml/model.ts";

export type Definition = {
  readonly id: number;
  readonly name: string;
  readonly project: Project;
  readonly repository: Repository;
  readonly yamlPath: string;
};

export type RecordState = "pending" | "inProgress" | "completed";
export type Result = "succeeded" | "succeededWithIssues" | "failed" | "canceled" | "skipped";

/** A line of a run's timeline; Stage → Phase → Job → Task. */
export type TimelineRecord = {
  readonly id: string;
  readonly parentId: string | null;
  readonly type: "Stage" | "Phase" | "Job" | "Task";
  readonly name: string;
  readonly refName: string;
  readonly identifier: string;
  readonly order: number;
  readonly attempt: number;
  readonly task: { readonly id: string; readonly name: string; readonly version: string } | null;
  startTime: string | null;
  finishTime: string | null;
  state: RecordState;
  result: Result | null;
  currentOperation: string | null;
  percentComplete: number | null;
  workerName: string | null;
  log: { readonly id: number } | null;
  readonly issues: { readonly type: "error" | "warning"; readonly message: string }[];
  previousAttempts: {
    readonly attempt: number;
    readonly timelineId: string;
    readonly recordId: string;
  }[];
};

export type Run = {
  readonly id: number;
  readonly definition: Definition;
  readonly buildNumber: string;
  readonly planId: string;
  readonly reason: "manual" | "individualCI" | "resourceTrigger" | "pullRequest";
  readonly queueTime: string;
  readonly sourceBranch: string;
  readonly sourceVersion: string;
  readonly requestedFor: Identity;
  readonly parameters: Readonly<Record<string, string>>;
  readonly triggeredBy: Run | undefined;
  /** Runs behind `resources: pipelines`, by alias. */
  readonly pipelineRuns: Map<string, Run>;
  pipeline: Pipeline | undefined;
  status: "notStarted" | "inProgress" | "cancelling" | "completed";
  result: "succeeded" | "partiallySucceeded" | "failed" | "canceled" | undefined;
  startTime: string | undefined;
  finishTime: string | undefined;
  /** Why it could not even begin. */
  validationError: string | undefined;
  readonly tags: Set<string>;
  readonly records: Map<string, TimelineRecord>;
  /** Lines by log id. */
  readonly logs: Map<number, string[]>;
  /** Folder by artefact name. */
  readonly artifacts: Map<string, string>;
  /** Result of each stage of the newest attempt. */
  readonly stageResults: Map<string, Result>;
  readonly attempts: Map<string, number>;
  /** Outputs: stage → job → `step.variable` → value. */
  readonly outputs: Map<string, Map<string, Map<string, string>>>;
  readonly jobResults: Map<string, Map<string, Result>>;
  /** Tasks that wait for TaskCompleted, by record id. */
  readonly waiting: Map<string, (result: "succeeded" | "failed") => void>;
  /** Called when the run is cancelled. */
  readonly cancellations: Set<() => void>;
  readonly secrets: Set<string>;
};

export type VariableGroup = {
  readonly id: number;
  readonly name: string;
  readonly variables: Map<string, { readonly value: string; readonly isSecret: boolean }>;
};

export type Deployment = {
  readonly id: number;
  readonly run: Run;
  readonly stageName: string;
  readonly jobName: string;
  readonly attempt: number;
  readonly queueTime: string;
  startTime: string;
  finishTime: string | undefined;
  result: Result | undefined;
};

export type Environment = {
  readonly id: number;
  readonly name: string;
  readonly deployments: Deployment[];
};

/** What a task.json says, as far as running it needs. */
export type TaskManifest = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly defaultValue: string;
    readonly required: boolean;
  }[];
  /** The file that an agent starts, relative to the directory. */
  readonly target: string | undefined;
  readonly httpRequest: HttpRequestHandler | undefined;
};

export type HttpRequestHandler = {
  readonly EndpointUrl: string;
  readonly Method: string;
  readonly Headers?: string;
  readonly Body?: string;
  readonly WaitForCompletion?: string;
  readonly Expression?: string;
};

export type PipelinesState = {
  readonly organisation: Organisation;
  /** Where jobs work and artefacts lie. */
  readonly workDirectory: string;
  /** Holds `tasks/<Task>/task.json`; undefined = no extension installed. */
  readonly extensionDirectory: string | undefined;
  /** Put first on the jobs' PATH. */
  readonly toolsDirectory: string | undefined;
  /** Before it: programs that stand for what this machine has not. */
  readonly stubsDirectory: string;
  /** Tasks of the installed extension, by lower-case name. */
  readonly tasks: ReadonlyMap<string, TaskManifest>;
  readonly definitions: Definition[];
  readonly runs: Run[];
  readonly groups: VariableGroup[];
  readonly environments: Environment[];
  readonly counters: { run: number; log: number; record: number };
  /** What is running; a reset waits for it. */
  readonly running: Set<Promise<void>>;
};

export function nowOf(state: PipelinesState): string {
  return state.organisation.clock.now().toISOString();
}
