/** `svc.` descriptors are services and builds, `aad.` people (research: descriptor forms). */
export type Identity = {
  readonly name: string;
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName: string;
  readonly descriptor: string;
  /** What it may do everywhere, as the organisation's groups give it. */
  readonly rights: Set<Right>;
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
  | "ViewBuilds"
  | "ManageBuilds"
  | "Administer";

/** What a token opens. A job's token reaches only the repositories that its YAML references. */
export type Grant = {
  readonly identity: Identity;
  readonly repositories: ReadonlySet<string> | "all";
};

export type Group = {
  readonly identity: Identity;
  /** Names of identities. */
  readonly members: ReadonlySet<string>;
};

export type Identities = {
  readonly identities: Identity[];
  readonly groups: readonly Group[];
  /** By token. */
  readonly grants: Map<string, Grant>;
};
