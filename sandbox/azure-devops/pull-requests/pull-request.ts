import type { Identity } from "../identity.ts";
import type { Repository } from "../repository.ts";

export type Vote = -10 | -5 | 0 | 5 | 10;

export type Reviewer = {
  readonly identity: Identity;
  vote: Vote;
  isRequired: boolean;
  isFlagged: boolean;
  hasDeclined: boolean;
};

export type Comment = {
  readonly id: number;
  readonly parentId: number;
  content: string;
  readonly author: Identity;
  readonly publishedDate: string;
  lastUpdatedDate: string;
  readonly commentType: "text" | "codeChange" | "system";
  isDeleted: boolean;
  readonly likedBy: Identity[];
};

/** Values as the service keeps them, each with its type. */
export type Properties = Map<string, unknown>;

export type Thread = {
  readonly id: number;
  status: string | undefined;
  readonly comments: Comment[];
  readonly publishedDate: string;
  lastUpdatedDate: string;
  readonly context: unknown;
  readonly properties: Properties;
  /** Whom properties point to, by number from 1. */
  readonly identities: readonly Identity[];
};

export type MergeStrategy = "noFastForward" | "squash" | "rebase" | "rebaseMerge";

export type CompletionOptions = {
  readonly mergeStrategy?: MergeStrategy;
  readonly squashMerge?: boolean;
  readonly deleteSourceBranch?: boolean;
  readonly mergeCommitMessage?: string;
  readonly bypassPolicy?: boolean;
  readonly bypassReason?: string;
  readonly transitionWorkItems?: boolean;
  readonly autoCompleteIgnoreConfigIds?: readonly number[];
};

/** What one push to the source branch made of the pull request. */
export type Iteration = {
  readonly id: number;
  readonly author: Identity;
  readonly date: string;
  readonly source: string;
  readonly target: string;
  readonly common: string | undefined;
  readonly reason: "create" | "push" | "forcePush" | "retarget";
  /** Files that differ from the common commit. */
  readonly paths: readonly string[];
  /** Set when the target branch was another one before. */
  readonly oldTargetRef?: string;
};

export type PullRequestStatus = {
  readonly id: number;
  readonly iterationId: number | undefined;
  readonly state: string;
  readonly description: string | undefined;
  readonly targetUrl: string | undefined;
  readonly context: { readonly name: string; readonly genre: string | undefined };
  readonly createdBy: Identity;
  readonly creationDate: string;
  readonly properties: Properties;
};

/** The commit of the preview merge, or of the completed one. */
export type MergeCommit = {
  readonly author: { readonly name: string; readonly email: string; readonly date: string };
  readonly committer: { readonly name: string; readonly email: string; readonly date: string };
  readonly comment: string;
};

/** A file that somebody attached, to link to it from a text. */
export type Attachment = {
  readonly id: number;
  readonly name: string;
  readonly author: Identity;
  readonly createdDate: string;
  readonly content: Buffer;
};

export type Label = { readonly id: string; readonly name: string };

/** The state of one policy on one pull request that only the policy's own run can change. */
export type PolicyRun = {
  buildId: number | undefined;
  status: "queued" | "running" | "approved" | "rejected";
  /** The merge commit that was built. */
  commit: string | undefined;
};

/** A pull request as it stands; what it answers is built in `areas/pull-request-json.ts`. */
export type PullRequest = {
  readonly id: number;
  readonly repository: Repository;
  readonly createdBy: Identity;
  readonly creationDate: string;
  readonly sourceRef: string;
  targetRef: string;
  title: string;
  description: string | undefined;
  isDraft: boolean;
  status: "active" | "abandoned" | "completed";
  mergeStatus: "queued" | "succeeded" | "conflicts" | "rejectedByPolicy" | "failure" | undefined;
  mergeFailureMessage: string | undefined;
  sourceCommit: string;
  targetCommit: string;
  mergeCommit: string | undefined;
  mergeCommitDetails: MergeCommit | undefined;
  closedDate: string | undefined;
  closedBy: Identity | undefined;
  completionQueueTime: string | undefined;
  autoCompleteSetBy: Identity | undefined;
  completionOptions: CompletionOptions | undefined;
  /** Who moved the source branch last. */
  lastPusher: Identity;
  readonly reviewers: Map<string, Reviewer>;
  readonly properties: Properties;
  readonly labels: Label[];
  readonly attachments: Attachment[];
  readonly threads: Thread[];
  readonly iterations: Iteration[];
  readonly statuses: PullRequestStatus[];
  /** Ids of linked work items. */
  readonly workItems: string[];
  /** Paths that both sides changed. */
  conflicts: readonly string[];
  /** By the policy configuration's id. */
  readonly policyRuns: Map<number, PolicyRun>;
};
