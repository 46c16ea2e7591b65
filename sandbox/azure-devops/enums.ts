import type { EnumShape, Route } from "./route.ts";

const projectState = ["deleting", "new", "wellFormed", "createPending", "all"];
const project = { visibility: ["private", "public"], state: projectState };
const gitStatusState = [
  "notSet",
  "pending",
  "succeeded",
  "failed",
  "error",
  "notApplicable",
  "partiallySucceeded",
];
const objectType = ["bad", "commit", "tree", "blob", "tag", undefined, "ofsDelta", "refDelta"];
const repository = { project };
const status = { state: gitStatusState };
// VersionControlChangeType is a set of bits.
const changeType = sparse({ none: 0, add: 1, edit: 2, encoding: 4, rename: 8, delete: 16 });
const item = { gitObjectType: objectType };
const change = { changeType, item };
const commit = { statuses: status, changes: change };
const pullRequestStatus = ["notSet", "active", "abandoned", "completed", "all"];
const mergeStatus = ["notSet", "queued", "conflicts", "succeeded", "rejectedByPolicy", "failure"];
const pullRequest = {
  repository,
  status: pullRequestStatus,
  mergeStatus,
  completionOptions: {
    mergeStrategy: [undefined, "noFastForward", "squash", "rebase", "rebaseMerge"],
  },
};
const comment = { commentType: ["unknown", "text", "codeChange", "system"] };
const thread = {
  status: ["unknown", "active", "fixed", "wontFix", "closed", "byDesign", "pending"],
  comments: comment,
};
const refUpdateStatus = [
  "succeeded",
  "forcePushRequired",
  "staleOldObjectId",
  "invalidRefName",
  "unprocessed",
  "unresolvableToCommit",
  "writePermissionRequired",
  "manageNotePermissionRequired",
  "createBranchPermissionRequired",
  "createTagPermissionRequired",
  "rejectedByPlugin",
  "locked",
  "refNameConflict",
  "rejectedByPolicy",
  "succeededNonExistentRef",
  "succeededCorruptRef",
];

// By area and resource; from azure-devops-extension-api's interfaces.
const shapes: Readonly<Record<string, EnumShape>> = {
  "core/projects": project,
  "operations/operations": {
    status: ["notSet", "queued", "inProgress", "cancelled", "succeeded", "failed"],
  },
  "git/repositories": repository,
  "git/importRequests": {
    repository,
    status: ["queued", "inProgress", "completed", "failed", "abandoned"],
  },
  "git/refs": { statuses: status, updateStatus: refUpdateStatus },
  "git/pushes": { repository, commits: commit },
  "git/statuses": status,
  "git/commits": commit,
  "git/commitsBatch": commit,
  "git/changes": { changes: change },
  "git/commitDiffs": { changes: change },
  "git/items": item,
  "git/itemsBatch": item,
  "git/trees": { treeEntries: item },
  "git/pullRequests": pullRequest,
  "git/pullRequestQuery": { results: anyKey(pullRequest) },
  "git/pullRequestThreads": thread,
  "git/pullRequestThreadComments": comment,
  "git/pullRequestStatuses": status,
  "git/pullRequestIterationStatuses": status,
  "git/pullRequestIterations": {
    reason: sparse({ push: 0, forcePush: 1, create: 2, rebase: 4, unknown: 8, retarget: 16 }),
  },
  "git/pullRequestIterationChanges": { changeEntries: change },
  "git/pullRequestConflicts": { resolutionStatus: ["unresolved", "partiallyResolved", "resolved"] },
  "policy/evaluations": {
    status: ["queued", "running", "approved", "rejected", "notApplicable", "broken"],
  },
};

/** Which properties of a route's answers are enums. */
export function enumsOf({ area, resource, enums }: Route): EnumShape | undefined {
  return enums ?? shapes[`${area}/${resource}`];
}

function sparse(numbers: Readonly<Record<string, number>>): readonly (string | undefined)[] {
  const names: (string | undefined)[] = [];
  for (const [name, number] of Object.entries(numbers)) names[number] = name;
  return names;
}

// Objects whose keys are data, as commits in `pullRequestQuery`.
function anyKey(shape: EnumShape): EnumShape {
  return new Proxy({}, { get: () => shape });
}
