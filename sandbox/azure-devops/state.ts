// What one organisation consists of. Git objects lie on disk; everything else is here.
import type { Clock } from "./clock.ts";
import type { EventBus } from "./events.ts";
import type { FaultSwitches } from "./faults.ts";
import type { PolicyConfiguration, QueueValidation } from "./policies/policy.ts";
import type { PullRequest } from "./pull-requests/pull-request.ts";
import type { SeedBranches } from "./seed.ts";
import type { ServiceEndpoint } from "./endpoint.ts";

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
  | "CreateBranch"
  | "CreateTag"
  | "PolicyExempt"
  | "PullRequestBypassPolicy"
  | "RemoveOthersLocks"
  | "CreateRepository"
  | "DeleteRepository"
  | "RenameRepository"
  | "EditPolicies"
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

export type PushRecord = Push & {
  readonly refUpdates: readonly { readonly ref: string; oldId: string; newId: string }[];
};

export type Repository = {
  readonly id: string;
  name: string;
  readonly project: Project;
  /** The bare repository on disk. */
  readonly directory: string;
  /** `refs/heads/main`; what the service calls the default branch. */
  defaultBranch: string;
  isDisabled: boolean;
  /** Bytes that were pushed: about what the service shows. */
  size: number;
  /** Newest last, as they were posted. */
  readonly statuses: Map<string, GitStatus[]>;
  readonly pullRequests: PullRequest[];
  /** Which push brought a commit. */
  readonly pushes: Map<string, Push>;
  /** Every push, oldest first. */
  readonly pushLog: PushRecord[];
  /** Who made a ref: that identity may force-push and delete it. */
  readonly creators: Map<string, Identity>;
  readonly locks: Map<string, Identity>;
  /** Exceptions from the identities' own rights, as "Security" of a repository or branch sets. */
  readonly permissions: Permission[];
  /** Identities that cannot see this repository at all. */
  readonly hiddenFrom: Set<string>;
  readonly imports: ImportRequest[];
};

/** On the whole repository, or with `ref` on one branch (or folder of branches, ending in `/`). */
export type Permission = {
  readonly identity: string;
  readonly ref?: string;
  readonly allow?: readonly Right[];
  readonly deny?: readonly Right[];
};

export type ImportRequest = {
  readonly id: number;
  readonly url: string;
  status: "queued" | "inProgress" | "completed" | "failed";
  step: number;
  errorMessage?: string;
};

export type Team = { readonly id: string; name: string; description: string };

export type Project = {
  readonly id: string;
  name: string;
  description: string | undefined;
  visibility: string;
  revision: number;
  lastUpdateTime: string;
  readonly processId: string;
  readonly repositories: Repository[];
  readonly buildService: Identity;
  /** The first one is the default team. */
  readonly teams: Team[];
};

/** Something that goes on after its answer: making and removing a project. */
export type Operation = {
  readonly id: string;
  status: "notSet" | "queued" | "inProgress" | "succeeded" | "failed";
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
  readonly operations: Map<string, Operation>;
  readonly policies: PolicyConfiguration[];
  readonly serviceEndpoints: ServiceEndpoint[];
  /** What can be imported without a network: address → its branches. */
  readonly importable: ReadonlyMap<string, SeedBranches>;
  /** Ids of the work items there are; undefined: every id is one. */
  readonly workItems: ReadonlySet<string> | undefined;
  readonly builds: { queue: QueueValidation | undefined };
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
    nextPolicy: number;
    nextImport: number;
    projectRevision: number;
  };
};
