import type { PullRequest } from "../pull-requests/pull-request.ts";
import type { Identity } from "../identity.ts";
import type { Project } from "../project.ts";

/** A branch policy as it is configured; each change is a revision of its own. */
export type PolicyConfiguration = {
  readonly id: number;
  readonly project: Project;
  readonly revision: number;
  readonly typeId: string;
  readonly createdBy: Identity;
  readonly createdDate: string;
  readonly isEnabled: boolean;
  readonly isBlocking: boolean;
  readonly isDeleted: boolean;
  readonly settings: PolicySettings;
  /** Oldest first, without this one. */
  readonly earlier: readonly PolicyConfiguration[];
};

export type PolicyScope = {
  /** Absent or null: every repository of the project. */
  readonly repositoryId?: string | null;
  readonly refName?: string | null;
  readonly matchKind?: "Exact" | "Prefix" | "DefaultBranch";
};

export type PolicySettings = {
  readonly scope: readonly PolicyScope[];
} & Readonly<Record<string, unknown>>;

export type EvaluationStatus =
  "queued" | "running" | "approved" | "rejected" | "notApplicable" | "broken";

/** Starts the build of a build policy; answers its id, or undefined without such a definition. */
export type QueueValidation = (request: {
  readonly definitionId: number;
  readonly pullRequest: PullRequest;
  readonly commit: string;
}) => Promise<number | undefined>;

/** What policies keep in the organisation. */
export type Policies = {
  readonly policies: PolicyConfiguration[];
  /** Set by whoever runs builds. */
  readonly builds: { queue: QueueValidation | undefined };
  readonly counters: { nextPolicy: number };
};

/** Type ids of the service; they are the same in every organisation. */
export const policyTypes = {
  minimumReviewers: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd",
  mergeStrategy: "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab",
  requiredReviewers: "fd2167ab-b0be-447a-8ec8-39368250530e",
  comments: "c6a1889d-b943-4856-b76f-9e46bb6b0df2",
  workItems: "40e92b44-2fe1-4dd6-b3d8-74a9c21d0c6e",
  build: "0609b952-1397-4640-95ec-e00a01b2c241",
  status: "cbdc66da-9728-4af8-aada-9a5a32e4a226",
  // These two look at pushes; here they are kept and hold nothing back.
  fileSize: "2e26e725-8201-4edd-8bf5-978563c34a80",
  repositorySettings: "7ed39669-655c-494e-b4a0-a08b4da0fcce",
} as const;

export type PolicyType = keyof typeof policyTypes;

export const policyNames: Readonly<Record<PolicyType, string>> = {
  minimumReviewers: "Minimum number of reviewers",
  mergeStrategy: "Require a merge strategy",
  requiredReviewers: "Required reviewers",
  comments: "Comment requirements",
  workItems: "Work item linking",
  build: "Build",
  status: "Status",
  fileSize: "File size restriction",
  repositorySettings: "Git repository settings",
};

/** Whether only pull requests may change a branch that has such a policy. */
export function concernsPullRequests(typeId: string): boolean {
  const type = policyTypeOf(typeId);
  return type !== "fileSize" && type !== "repositorySettings";
}

export function policyTypeOf(typeId: string): PolicyType | undefined {
  const found = Object.entries(policyTypes).find(([, id]) => id === typeId.toLowerCase());
  return found?.[0] as PolicyType | undefined;
}
