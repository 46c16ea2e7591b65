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
  readonly sourceRefName: string;
  readonly targetRefName: string;
  readonly lastMergeSourceCommit?: { readonly commitId: string };
  readonly lastMergeTargetCommit?: { readonly commitId: string };
  readonly lastMergeCommit?: { readonly commitId: string };
  readonly reviewers: readonly (Person & { readonly vote: number })[];
  readonly repository: { readonly id: string; readonly name: string };
};

export type Thread = {
  readonly id: number;
  readonly comments: readonly {
    readonly id: number;
    readonly content: string;
    readonly author: Person;
    readonly publishedDate: string;
  }[];
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
  readonly requestedFor?: Person;
  readonly tags?: readonly string[];
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
};

export type Environment = { readonly id: number; readonly name: string };

export type DeploymentRecord = {
  readonly id: number;
  readonly stageName: string;
  readonly definition: { readonly id: number; readonly name: string };
  readonly owner: { readonly id: number; readonly name: string };
  readonly result?: string;
  readonly queueTime: string;
  readonly finishTime?: string;
};
