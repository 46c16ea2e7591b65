import type { Identity, Right } from "./identity.ts";
import type { Project } from "./project.ts";

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

/** A project as the organisation holds it: with its repositories. */
export type GitProject = Project & { readonly repositories: Repository[] };

export type Projects = { readonly projects: GitProject[] };

/** What repositories count. */
export type GitCounters = {
  readonly counters: { nextStatus: number; nextPush: number; nextImport: number };
};

/** The list that holds a repository, itself among them; an empty one when its project is gone. */
export function repositoriesBeside({ projects }: Projects, { project }: Repository): Repository[] {
  return projects.find((one) => one === project)?.repositories ?? [];
}

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
