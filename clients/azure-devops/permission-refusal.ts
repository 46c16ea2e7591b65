// Refusals name a right as its security namespace does; people look for it by another name.

export type PermissionRefusal = {
  /** As the Security page of a repository, or of a pipeline, calls it. */
  readonly permission: string;
  /** `Build\0d6a…`, a mail address or a name; undefined where the service does not say. */
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
  const ofPipeline =
    /TF215106: Access denied\. (.+?) needs (.+?) permissions (?:for|to perform)/i.exec(text);
  if (ofPipeline) return { permission: ofPipeline[2] ?? "", identity: ofPipeline[1] };
  if (!/TF401027|You need the Git '\w+' permission/i.test(text)) return undefined;
  const [, right = ""] = /need the Git '(\w+)' permission/i.exec(text) ?? [];
  const [, identity] = /identity '([^']+)'/i.exec(text) ?? [];
  return { permission: names[right] ?? right, identity };
}

/** What to do about it; `place` as in `repository shop/manifests`, `pipeline shop-ci`. */
export function permissionHint({ permission, identity }: PermissionRefusal, place: string): string {
  const what = permission === "" ? "the right that the message names" : `"${permission}"`;
  return `Allow ${what} for ${whoseName(identity)} on ${place} (${whereToAllow(place)}).`;
}

/** Where the right is set, as the portal calls the way there. */
function whereToAllow(place: string): string {
  const isOfPipeline = /^(?:this|the) pipeline|^pipeline /.test(place);
  if (isOfPipeline) return "Pipelines > the pipeline > More actions > Manage security";
  const [, name] = /^repository [^/]+\/(.+)$/.exec(place) ?? [];
  return `Project settings > Repositories > ${name === undefined ? "" : `${name} > `}Security`;
}

// A refusal names a build service by its project's id; the page where it is allowed, by its name.
function whoseName(identity: string | undefined): string {
  if (identity === undefined) return buildService;
  return /^Build\\/i.test(identity) ? `${identity}, ${buildService},` : identity;
}

/** Whom a job acts as, by the names that the Security pages list. */
export const buildService =
  'the build service ("<project> Build Service (<organisation>)", or "Project Collection Build Service (<organisation>)" where jobs are not limited to their project)';

/** What a branch with its pull request takes, as a hint quotes it. */
export const rightsToPropose = 'Contribute", "Create branch" and "Contribute to pull requests';

/** Of what the service calls not found: it answers so too where the caller may not read it. */
export function notFoundHint(place: string): string {
  const read = permissionHint({ permission: "Read", identity: undefined }, place);
  return `Check project and repository. A job's token reaches only repositories that the YAML references: add \`uses: { repositories: [<alias>] }\` to the job. If it is there: ${read}`;
}
