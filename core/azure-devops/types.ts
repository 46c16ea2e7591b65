// Azure DevOps REST 7.1: only the fields that are used. A field is optional here where the
// service leaves it out (lists are trimmed), whatever the published specification says.

/** An identity as it stands inside other answers. `descriptor` names the kind (`svc.`, `aad.`, …). */
export type IdentityRef = {
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName?: string;
  readonly descriptor?: string;
};

export type Project = { readonly id: string; readonly name: string };

export type Repository = {
  readonly id: string;
  readonly name: string;
  readonly project: Project;
  /** Absent while the repository is empty. */
  readonly defaultBranch?: string;
  readonly remoteUrl?: string;
  readonly webUrl?: string;
  readonly isDisabled?: boolean;
};

export type Ref = {
  /** `refs/heads/main` */
  readonly name: string;
  readonly objectId: string;
  readonly creator?: IdentityRef;
  readonly statuses?: readonly CommitStatus[];
  readonly isLocked?: boolean;
  readonly isLockedBy?: IdentityRef;
};

export type RefUpdateResult = {
  readonly name: string;
  readonly oldObjectId: string;
  readonly newObjectId: string;
  readonly success: boolean;
  /** `succeeded`, `staleOldObjectId`, `forcePushRequired`, `rejectedByPolicy`, … */
  readonly updateStatus: string;
  readonly customMessage?: string;
};

export type GitPerson = { readonly name: string; readonly email: string; readonly date: string };

export type Commit = {
  readonly commitId: string;
  readonly author?: GitPerson;
  readonly committer?: GitPerson;
  /** Cut off in lists; then `commentTruncated` is true. */
  readonly comment: string;
  readonly commentTruncated?: boolean;
  /** Empty in lists. */
  readonly parents?: readonly string[];
  readonly remoteUrl?: string;
  readonly push?: { readonly pushedBy?: IdentityRef; readonly date?: string };
};

export type FileChange = {
  /** Path in the repository, without a leading slash. */
  readonly path: string;
  /** `add`, `edit`, `delete`, `rename`, also combined as in `edit, rename`. */
  readonly changeType: string;
  readonly blob?: string;
  readonly originalBlob?: string;
  /** The path before a rename, without a leading slash. */
  readonly originalPath?: string;
};

export type StatusState =
  "notSet" | "pending" | "succeeded" | "failed" | "error" | "notApplicable" | "partiallySucceeded";

export type StatusContext = { readonly name: string; readonly genre?: string };

/** What is posted: a commit status without what the service sets itself. */
export type NewCommitStatus = {
  readonly state: StatusState;
  readonly description?: string;
  readonly targetUrl?: string;
  readonly context: StatusContext;
};

export type CommitStatus = NewCommitStatus & {
  readonly id: number;
  readonly createdBy?: IdentityRef;
  readonly creationDate: string;
};

export type PullRequestStatus = "active" | "completed" | "abandoned";

export type CommitRef = { readonly commitId: string };

export type Reviewer = IdentityRef & {
  /** 10 approved, 5 with suggestions, 0 none, -5 waits for the author, -10 rejected. */
  readonly vote: number;
  readonly isRequired?: boolean;
  /** A group, whose vote is that of a member. */
  readonly isContainer?: boolean;
};

export type PullRequest = {
  readonly pullRequestId: number;
  readonly title: string;
  readonly description?: string;
  readonly status: PullRequestStatus | "notSet";
  readonly isDraft?: boolean;
  readonly createdBy: IdentityRef;
  readonly creationDate: string;
  readonly closedBy?: IdentityRef;
  readonly closedDate?: string;
  readonly sourceRefName: string;
  readonly targetRefName: string;
  readonly forkSource?: ForkSource;
  /** `queued`, `conflicts`, `succeeded`, `rejectedByPolicy`, `failure`, `notSet`. */
  readonly mergeStatus?: string;
  readonly mergeFailureMessage?: string;
  readonly lastMergeSourceCommit?: CommitRef;
  readonly lastMergeTargetCommit?: CommitRef;
  /** Before completion the preview merge, afterwards the commit on the target branch. */
  readonly lastMergeCommit?: CommitRef;
  readonly reviewers?: readonly Reviewer[];
  readonly repository: {
    readonly id: string;
    readonly name: string;
    readonly project: Project;
    readonly webUrl?: string;
  };
  readonly autoCompleteSetBy?: IdentityRef;
  /** Left out in lists. */
  readonly labels?: readonly { readonly name: string }[];
  readonly completionOptions?: CompletionOptions;
};

/**
 * Where the source branch of a pull request from a fork lies (GitForkRef). Of a fork that is gone, or
 * not for this viewer, there is no repository.
 */
export type ForkSource = {
  readonly repository?: {
    readonly id: string;
    readonly name: string;
    readonly project?: Project;
  };
};

export type CompletionOptions = {
  readonly mergeStrategy?: "noFastForward" | "squash" | "rebase" | "rebaseMerge";
  readonly deleteSourceBranch?: boolean;
  readonly mergeCommitMessage?: string;
  readonly transitionWorkItems?: boolean;
};

export type Build = {
  readonly id: number;
  readonly buildNumber: string;
  /** `notStarted`, `inProgress`, `cancelling`, `completed`, `postponed`. */
  readonly status: string;
  readonly result?: string;
  readonly queueTime?: string;
  readonly startTime?: string;
  readonly finishTime?: string;
  readonly definition: {
    readonly id: number;
    readonly name: string;
    /** Its folder, `\\` at the top. */
    readonly path?: string;
    readonly project?: Project;
  };
  readonly project: Project;
  readonly sourceBranch: string;
  readonly sourceVersion: string;
  readonly reason?: string;
  readonly requestedFor?: IdentityRef;
  /** Who queued it, for whomever. */
  readonly requestedBy?: IdentityRef;
  readonly repository?: { readonly id: string; readonly type: string; readonly name?: string };
  readonly orchestrationPlan?: { readonly planId: string };
  readonly plans?: readonly { readonly planId: string }[];
  readonly tags?: readonly string[];
  /** Of what started it; free names, `pipelineId` and `projectId` where a run did. */
  readonly triggerInfo?: Readonly<Record<string, string>>;
  readonly _links?: { readonly web?: { readonly href: string } };
};

export type TimelineRecord = {
  readonly id: string;
  readonly parentId?: string | null;
  /** `Stage`, `Checkpoint`, `Phase`, `Job`, `Task`, … */
  readonly type: string;
  readonly name: string;
  readonly identifier?: string | null;
  readonly refName?: string | null;
  readonly state: "pending" | "inProgress" | "completed";
  readonly result?: string | null;
  readonly startTime?: string | null;
  readonly finishTime?: string | null;
  readonly attempt?: number;
  readonly order?: number;
  readonly log?: { readonly id: number } | null;
  readonly task?: {
    readonly id: string;
    readonly name: string;
    readonly version?: string;
  } | null;
  readonly issues?: readonly { readonly type: string; readonly message: string }[] | null;
};

export type Timeline = {
  readonly id: string;
  readonly changeId?: number;
  readonly records: readonly TimelineRecord[];
};

export type Plan = {
  readonly planId: string;
  readonly state?: string;
  readonly result?: string;
  readonly version?: number;
  readonly owner?: { readonly id: number; readonly name: string };
};

export type ConnectionData = {
  readonly authenticatedUser: {
    readonly id: string;
    readonly providerDisplayName: string;
    readonly subjectDescriptor?: string;
    readonly descriptor?: string;
  };
  /** The organisation's (collection's) host id: first part of build identities' descriptors. */
  readonly instanceId: string;
  readonly deploymentType?: string;
};
