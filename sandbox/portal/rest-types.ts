// The fields of the service's answers that the portal shows.
export type Person = { readonly id: string; readonly displayName: string };

export type Repository = {
  readonly id: string;
  readonly name: string;
  readonly defaultBranch?: string;
  readonly remoteUrl: string;
};

export type Commit = {
  readonly commitId: string;
  readonly comment: string;
  readonly author: { readonly name: string; readonly date: string };
  readonly parents?: readonly string[];
};

export type GitStatus = {
  readonly id: number;
  readonly state: string;
  readonly description?: string;
  readonly targetUrl?: string;
  readonly context: { readonly name: string; readonly genre?: string };
  readonly createdBy: Person;
  readonly creationDate: string;
};

export type Item = {
  readonly path: string;
  readonly isFolder?: boolean;
  readonly gitObjectType: string;
};

export type Reviewer = Person & {
  readonly vote: number;
  readonly isRequired?: boolean;
};

export type PullRequest = {
  readonly pullRequestId: number;
  readonly title: string;
  readonly description?: string;
  readonly status: "active" | "abandoned" | "completed";
  readonly mergeStatus?: string;
  readonly mergeFailureMessage?: string;
  readonly isDraft: boolean;
  readonly createdBy: Person;
  readonly creationDate: string;
  readonly closedDate?: string;
  readonly closedBy?: Person;
  readonly sourceRefName: string;
  readonly targetRefName: string;
  readonly lastMergeSourceCommit?: { readonly commitId: string };
  readonly lastMergeTargetCommit?: { readonly commitId: string };
  readonly lastMergeCommit?: { readonly commitId: string };
  readonly autoCompleteSetBy?: Person;
  readonly completionOptions?: { readonly mergeStrategy?: string };
  readonly reviewers: readonly Reviewer[];
  readonly workItemRefs?: readonly { readonly id: string }[];
  readonly repository: {
    readonly id: string;
    readonly name: string;
    readonly project: { readonly id: string; readonly name: string };
  };
};

export type Thread = {
  readonly id: number;
  readonly status?: string;
  readonly isDeleted?: boolean;
  readonly threadContext?: {
    readonly filePath?: string;
    readonly rightFileStart?: { readonly line: number };
    readonly leftFileStart?: { readonly line: number };
  } | null;
  readonly comments: readonly ThreadComment[];
};

export type ThreadComment = {
  readonly id: number;
  readonly content: string;
  readonly author: Person;
  readonly publishedDate: string;
  readonly commentType?: string;
  readonly isDeleted?: boolean;
};

export type PolicyEvaluation = {
  readonly evaluationId: string;
  readonly status: string;
  readonly configuration: {
    readonly isBlocking: boolean;
    readonly type: { readonly displayName?: string };
    readonly settings: {
      readonly minimumApproverCount?: number;
      readonly displayName?: string | null;
      readonly statusName?: string;
      readonly statusGenre?: string;
    };
  };
  readonly context?: { readonly buildId?: number };
};

export type Build = {
  readonly id: number;
  readonly buildNumber: string;
  readonly status: string;
  readonly result?: string;
  readonly reason?: string;
  readonly queueTime: string;
  readonly startTime?: string;
  readonly finishTime?: string;
  readonly sourceBranch: string;
  readonly sourceVersion: string;
  readonly definition: { readonly id: number; readonly name: string };
  readonly repository?: { readonly id: string; readonly name?: string };
  readonly requestedFor?: Person;
  readonly tags?: readonly string[];
  readonly validationResults?: readonly { readonly result: string; readonly message: string }[];
  readonly templateParameters?: Readonly<Record<string, unknown>>;
  readonly triggeredByBuild?: { readonly id: number } | null;
};

export type Definition = {
  readonly id: number;
  readonly name: string;
  /** Its folder, `\\shop`. */
  readonly path?: string;
  readonly process?: { readonly yamlFilename?: string };
  readonly repository?: {
    readonly id: string;
    readonly name: string;
    readonly defaultBranch?: string;
  };
};

export type TimelineRecord = {
  readonly id: string;
  readonly parentId?: string | null;
  readonly type: string;
  /** What is shown; `identifier` is the name in the YAML. */
  readonly name: string;
  readonly identifier?: string;
  readonly state: string;
  readonly result?: string | null;
  readonly startTime?: string | null;
  readonly finishTime?: string | null;
  readonly order?: number;
  readonly attempt?: number;
  readonly log?: { readonly id: number } | null;
  readonly issues?: readonly { readonly type: string; readonly message: string }[];
  readonly workerName?: string | null;
  readonly currentOperation?: string | null;
  readonly task?: { readonly id: string; readonly name: string } | null;
};

export type Approval = {
  readonly id: string;
  readonly status: string;
  readonly createdOn: string;
  readonly instructions?: string;
  readonly minRequiredApprovers?: number;
  readonly blockedApprovers?: readonly Person[];
  readonly steps?: readonly {
    readonly assignedApprover: Person;
    readonly actualApprover?: Person;
    readonly status: string;
    readonly comment?: string;
    readonly lastModifiedOn?: string;
  }[];
  readonly pipeline?: {
    readonly id: string;
    readonly name: string;
    readonly owner?: { readonly id: number; readonly name: string };
  };
};

export type CheckConfiguration = {
  readonly id: number;
  readonly type: { readonly name?: string };
  readonly timeout?: number;
  readonly settings?: {
    readonly displayName?: string;
    readonly approvers?: readonly Person[];
    readonly instructions?: string;
    readonly minRequiredApprovers?: number;
    readonly requesterCannotBeApprover?: boolean;
  };
};

export type Environment = { readonly id: number; readonly name: string };

export type DeploymentRecord = {
  readonly id: number;
  readonly stageName: string;
  readonly definition: { readonly id: number; readonly name: string };
  readonly owner: { readonly id: number; readonly name: string };
  readonly result?: string;
  readonly queueTime: string;
  readonly startTime?: string;
  readonly finishTime?: string;
  readonly jobName?: string;
};

export type Ref = { readonly name: string; readonly objectId: string; readonly creator?: Person };
