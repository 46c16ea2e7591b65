// TF401027 names a right as the security namespace does; people look for it by another name.

export type PermissionRefusal = {
  /** As the Security page of a repository calls it. */
  readonly permission: string;
  /** `Build\0d6a…` or a mail address; undefined where the service does not say. */
  readonly identity: string | undefined;
};

// "Security namespace and permission reference" and "Git permissions" of the documents.
const names: Readonly<Record<string, string>> = {
  GenericRead: "Read",
  GenericContribute: "Contribute",
  ForcePush: "Force push (rewrite history, delete branches and tags)",
  CreateBranch: "Create branch",
  CreateTag: "Create tag",
  PolicyExempt: "Bypass policies when pushing",
  PullRequestContribute: "Contribute to pull requests",
  PullRequestBypassPolicy: "Bypass policies when completing pull requests",
  EditPolicies: "Edit policies",
  RemoveOthersLocks: "Remove others' locks",
};

/** @returns undefined for a text that is no such refusal. */
export function parsePermissionRefusal(text: string): PermissionRefusal | undefined {
  if (!/TF401027/.test(text)) return undefined;
  const [, right = ""] = /need the Git '(\w+)' permission/i.exec(text) ?? [];
  const [, identity] = /identity '([^']+)'/i.exec(text) ?? [];
  return { permission: names[right] ?? right, identity };
}

/** What to do about it; `place` as in `repository shop/manifests`. */
export function permissionHint({ permission, identity }: PermissionRefusal, place: string): string {
  const who = identity === undefined ? "the identity that the message names" : identity;
  const what = permission === "" ? "the right that the message names" : `"${permission}"`;
  return `Allow ${what} for ${who} on ${place} (Project settings > Repositories > Security).`;
}
