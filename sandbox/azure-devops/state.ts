// What one organisation consists of. Git objects lie on disk; everything else is here.
import type { Clock } from "./clock.ts";
import type { EventBus } from "./events.ts";
import type { FaultSwitches } from "./faults.ts";

/** `svc.` descriptors are services and builds, `aad.` people (research: descriptor forms). */
export type Identity = {
  readonly name: string;
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName: string;
  readonly descriptor: string;
  readonly rights: ReadonlySet<Right>;
};

/** The rights that the sandbox tells apart, in the service's own words where it has them. */
export type Right =
  | "GenericRead"
  | "GenericContribute"
  | "ForcePush"
  | "PullRequestContribute"
  | "PolicyExempt"
  | "ManageBuilds"
  | "Administer";

/** What a token opens. A job's token reaches only the repositories that its YAML references. */
export type Grant = {
  readonly identity: Identity;
  readonly repositories: ReadonlySet<string> | "all";
};

export type GitStatus = {
  readonly id: number;
  readonly state: string;
  readonly description: string | undefined;
  readonly targetUrl: string | undefined;
  readonly context: { readonly name: string; readonly genre: string | undefined };
  readonly createdBy: Identity;
  readonly creationDate: string;
};

export type Push = {
  readonly pushId: number;
  readonly by: Identity;
  readonly date: string;
};

export type Repository = {
  readonly id: string;
  readonly name: string;
  readonly project: Project;
  /** The bare repository on disk. */
  readonly directory: string;
  /** `refs/heads/main`; what the service calls the default branch. */
  readonly defaultBranch: string;
  /** Newest last, as they were posted. */
  readonly statuses: Map<string, GitStatus[]>;
  readonly pullRequests: PullRequest[];
  /** Which push brought a commit. */
  readonly pushes: Map<string, Push>;
  /** Branches that only a pull request may change, with the approvals it needs. */
  readonly protectedBranches: Map<string, { readonly minimumApprovers: number }>;
  /** Identities that cannot see this repository at all. */
  readonly hiddenFrom: Set<string>;
};

export type Vote = -10 | -5 | 0 | 5 | 10;

export type Comment = {
  readonly id: number;
  readonly content: string;
  readonly author: Identity;
  readonly publishedDate: string;
};

export type Thread = {
  readonly id: number;
  status: string | undefined;
  readonly comments: Comment[];
};

export type CompletionOptions = {
  readonly mergeStrategy?: "noFastForward" | "squash" | "rebase" | "rebaseMerge";
  readonly deleteSourceBranch?: boolean;
  readonly mergeCommitMessage?: string;
};

/** A pull request as it stands; what it answers is built in `areas/pull-request-json.ts`. */
export type PullRequest = {
  readonly id: number;
  readonly repository: Repository;
  readonly createdBy: Identity;
  readonly creationDate: string;
  readonly sourceRef: string;
  readonly targetRef: string;
  title: string;
  description: string | undefined;
  isDraft: boolean;
  status: "active" | "abandoned" | "completed";
  mergeStatus: "queued" | "succeeded" | "conflicts" | "rejectedByPolicy" | undefined;
  mergeFailureMessage: string | undefined;
  sourceCommit: string;
  targetCommit: string;
  mergeCommit: string | undefined;
  closedDate: string | undefined;
  closedBy: Identity | undefined;
  autoCompleteSetBy: Identity | undefined;
  completionOptions: CompletionOptions | undefined;
  readonly reviewers: Map<string, { readonly identity: Identity; vote: Vote }>;
  readonly properties: Map<string, unknown>;
  readonly labels: string[];
  readonly threads: Thread[];
};

export type Project = {
  readonly id: string;
  readonly name: string;
  readonly repositories: Repository[];
  readonly buildService: Identity;
};

export type Organisation = {
  readonly id: string;
  readonly name: string;
  /** `http://127.0.0.1:PORT/fabrikam`; set when the server listens. */
  url: string;
  readonly directory: string;
  readonly clock: Clock;
  readonly projects: Project[];
  readonly identities: Identity[];
  readonly grants: Map<string, Grant>;
  readonly events: EventBus;
  readonly faults: FaultSwitches;
  /** Requests that met no route: `METHOD path`. */
  readonly unhandled: string[];
  /** Extension data: collection path → document id → document. */
  readonly documents: Map<string, Map<string, Record<string, unknown>>>;
  /** Service-wide counters, as ids are. */
  readonly counters: {
    next: number;
    nextPullRequest: number;
    nextStatus: number;
    nextPush: number;
  };
};
