// What Azure DevOps calls its permissions on the pages where they are set ("Permissions and groups
// reference" and "Security namespace and permission reference" of its documents), by object.
export const permissions: Readonly<Record<string, readonly string[]>> = {
  repository: [
    ...["Read", "Contribute", "Create branch", "Create tag", "Manage notes", "Edit policies"],
    ...["Contribute to pull requests", "Bypass policies when pushing", "Manage permissions"],
    ...["Bypass policies when completing pull requests", "Remove others' locks"],
    ...["Force push (rewrite history, delete branches and tags)", "Create repository"],
    ...["Rename repository", "Delete repository"],
  ],
  pipeline: [
    ...["View builds", "View build pipeline", "Edit build pipeline", "Delete build pipeline"],
    ...["Edit build quality", "Manage build qualities", "Manage build queue", "Queue builds"],
    ...["Stop builds", "Delete builds", "Destroy builds", "Retain indefinitely"],
    ...["Update build information", "Administer build permissions", "Create build pipeline"],
    ...["Override check-in validation by build", "Edit queue build configuration"],
  ],
  project: ["View project-level information", "Edit project-level information"],
  area: ["View work items in this node", "Edit work items in this node"],
};

/** Scopes of personal access tokens, as the page that makes one has them. */
export const scopes: readonly string[] = [
  ...["Code (Read)", "Code (Read & write)", "Code (Status)", "Build (Read)"],
  ...["Build (Read & execute)", "Identity (Read)", "Project and Team (Read)"],
  ...["Extension data (Read)", "Extension data (Read & write)", "Work Items (Read)"],
];

export const permissionNames: readonly string[] = Object.values(permissions).flat();

/** What the service's own refusals call them; of pipelines they use the pages' names. */
export const namesOf: Readonly<Record<string, string>> = {
  Read: "GenericRead",
  Contribute: "GenericContribute",
  "Create branch": "CreateBranch",
  "Contribute to pull requests": "PullRequestContribute",
  "Edit policies": "EditPolicies",
  "View builds": "ViewBuilds",
};
