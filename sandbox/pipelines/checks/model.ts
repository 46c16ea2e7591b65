// Approvals and checks: https://learn.microsoft.com/azure/devops/pipelines/process/approvals
import type { Identity } from "../../azure-devops/identity.ts";
import type { Project } from "../../azure-devops/project.ts";
import type { Run, TimelineRecord } from "../run.ts";

/** What a stage uses and a check can sit on. */
export type ResourceType =
  "environment" | "endpoint" | "queue" | "repository" | "variablegroup" | "securefile";

export type Resource = {
  readonly type: ResourceType;
  readonly id: string;
  readonly name: string;
};

// Ids of the service (research, platform §4.2).
export const checkTypes = {
  approval: { id: "8c6f20a7-a545-4486-9777-f762fafe0d4d", name: "Approval" },
  task: { id: "fe1de3ee-a436-41b4-bb20-f6eb4cb879a7", name: "Task Check" },
  lock: { id: "2ef31ad6-baa0-403a-8b45-2cbc9b4e5563", name: "ExclusiveLock" },
} as const;

export const taskChecks = {
  restApi: "9c3e8943-130d-4c78-ac63-8af81df62dfb",
  branches: "86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b",
  hours: "445fde2f-6c39-441c-807f-8a59ff2e075f",
} as const;

export type CheckConfiguration = {
  readonly id: number;
  readonly project: Project;
  readonly type: { readonly id: string; readonly name: string };
  readonly resource: Resource;
  readonly createdBy: Identity;
  readonly createdOn: string;
  version: number;
  settings: Readonly<Record<string, unknown>>;
  /** In minutes. */
  timeout: number;
  /** Stages pass it. */
  isDisabled: boolean;
  modifiedBy: Identity;
  modifiedOn: string;
};

export type ApprovalStatus =
  "pending" | "approved" | "rejected" | "canceled" | "timedOut" | "skipped" | "uninitiated";

export type ApprovalStep = {
  readonly approver: Identity;
  readonly order: number;
  status: ApprovalStatus;
  actual: Identity | undefined;
  comment: string;
  initiatedOn: string;
  lastModifiedOn: string;
};

/** One question to people; its id is that of its timeline record. */
export type Approval = {
  readonly id: string;
  readonly run: Run;
  readonly stage: string;
  readonly record: TimelineRecord;
  readonly steps: readonly ApprovalStep[];
  readonly minRequired: number;
  readonly inSequence: boolean;
  readonly instructions: string;
  readonly blocked: readonly Identity[];
  readonly createdOn: string;
  status: ApprovalStatus;
  lastModifiedOn: string;
  /** Tells the run. */
  readonly end: (status: ApprovalStatus) => void;
};

/** A check while it is being evaluated, or after. */
export type CheckRun = {
  readonly id: string;
  readonly configuration: CheckConfiguration;
  readonly record: TimelineRecord;
  readonly createdDate: string;
  status: "queued" | "running" | "approved" | "rejected" | "canceled" | "timedOut" | "bypassed";
  message: string;
  completedDate: string | undefined;
  /** An administrator lets the stage pass. */
  readonly bypass: () => void;
};

/** Every check of one attempt of one stage. */
export type CheckSuite = {
  readonly id: string;
  readonly run: Run;
  readonly stage: string;
  readonly attempt: number;
  readonly checkRuns: CheckRun[];
};

/** Plan of a check that waits to be called back: not the build's (research, platform §10.6). */
export type CheckPlan = { readonly planId: string; readonly run: Run; readonly recordId: string };
