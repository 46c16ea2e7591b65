import type { PolicyType } from "./policies/policy.ts";
import type { Permission } from "./repository.ts";

/** What an organisation starts with. Paths of files are relative to the repository's root. */
export type Seed = {
  readonly organisation: string;
  readonly projects: readonly SeedProject[];
  /** What `importRequests` finds at an address, by that address. */
  readonly importable?: Readonly<Record<string, SeedBranches>>;
  /** Groups of the organisation or of a project, `[shop]\\Release managers`, with whom is in them. */
  readonly groups?: readonly { readonly name: string; readonly members: readonly string[] }[];
  /** Ids of the work items there are; absent: every id is one. */
  readonly workItems?: readonly number[];
  /** Identities beside the well-known ones, contributors as people are; token `sandbox-<name>`. */
  readonly accounts?: readonly { readonly name: string; readonly displayName: string }[];
};

/** Branches with their files; the first one is the default and the others grow from it. */
export type SeedBranches = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Importable = {
  /** What can be imported without a network: address → its branches. */
  readonly importable: ReadonlyMap<string, SeedBranches>;
};

export type SeedProject = {
  readonly name: string;
  /** Default: made from the names. */
  readonly id?: string;
  readonly description?: string;
  readonly visibility?: string;
  readonly repositories: readonly SeedRepository[];
  readonly serviceEndpoints?: readonly SeedServiceEndpoint[];
};

export type SeedRepository = {
  readonly name: string;
  readonly id?: string;
  readonly files: Readonly<Record<string, string>>;
  /** More branches, grown from the default one. */
  readonly branches?: SeedBranches;
  /** `main` when absent. */
  readonly defaultBranch?: string;
  /** Who may not see it at all, by the identities' names. */
  readonly hiddenFrom?: readonly string[];
  readonly permissions?: readonly Permission[];
  /** Makes the default branch changeable by pull request only. */
  readonly minimumApprovers?: number;
  readonly policies?: readonly SeedPolicy[];
};

export type SeedPolicy = {
  readonly type: PolicyType;
  /** Default: the default branch of the repository. */
  readonly branch?: string;
  readonly isBlocking?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
};

export type SeedServiceEndpoint = {
  readonly name: string;
  readonly type: string;
  readonly url: string;
};
