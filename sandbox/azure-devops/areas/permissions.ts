import { refusals } from "../api-error.ts";
import { hasRight, type Place } from "../rights.ts";
import { listOf, type Call, type Route } from "../route.ts";
import type { Right } from "../identity.ts";
import type { Projects } from "../repository.ts";

// Permissions - Has Permissions (REST 7.1): may the caller do this, one answer for each token.
export const permissionRoutes: readonly Route[] = [
  {
    area: "Security",
    resource: "Permissions",
    id: "dd3b8bd6-c7fc-4cbd-929a-933d9c011c9d",
    template: "_apis/permissions/{securityNamespaceId}/{permissions?}",
    resourceVersion: 2,
    methods: { GET: hasPermissions },
  },
];

// Namespaces and bits: "Security namespace and permission reference" of the documents.
const namespaces: Readonly<Record<string, Readonly<Record<number, Right>>>> = {
  // Git Repositories
  "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87": {
    2: "GenericRead",
    4: "GenericContribute",
    8: "ForcePush",
    16: "CreateBranch",
    32: "CreateTag",
    128: "PolicyExempt",
    256: "CreateRepository",
    512: "DeleteRepository",
    1024: "RenameRepository",
    2048: "EditPolicies",
    4096: "RemoveOthersLocks",
    16384: "PullRequestContribute",
    32768: "PullRequestBypassPolicy",
  },
  // Build: view, queue and stop builds.
  "33344d9c-fc72-4d6f-aba5-fa317101a7e9": {
    1: "ViewBuilds",
    128: "ManageBuilds",
    512: "ManageBuilds",
  },
};

function hasPermissions({ organisation, params, query, grant: { identity } }: Call) {
  const known = namespaces[params["securityNamespaceId"]?.toLowerCase() ?? ""];
  if (!known) throw refusals.argument("The sandbox knows the namespaces of git and builds only.");
  const wanted = Number(params["permissions"] ?? 0);
  const bits = Object.keys(known).map(Number);
  const unknown = bits.reduce((left, bit) => left & ~bit, wanted);
  if (unknown !== 0) throw refusals.argument(`The sandbox does not know permission ${unknown}.`);
  const rights = bits.filter((bit) => (wanted & bit) !== 0).map((bit) => known[bit]);
  const allowed = (token: string) => {
    const place = placeOf(organisation, token);
    return rights.every((right = "GenericRead") =>
      place === undefined ? identity.rights.has(right) : hasRight(identity, right, place),
    );
  };
  return listOf((query["tokens"] ?? "").split(",").map(allowed));
}

// repoV2/{project}/{repository}/refs/heads/{hexadecimal UTF-16 of each part}/; shorter ones are
// about a project or all of them.
function placeOf({ projects }: Projects, token: string): Place | undefined {
  const [root, ofProject, ofRepository, ...rest] = token.split("/").filter(Boolean);
  if (root !== "repoV2") return undefined;
  const repository = projects
    .find(({ id }) => id === ofProject)
    ?.repositories.find(({ id }) => id === ofRepository);
  const [refs, kind, ...name] = rest;
  if (repository === undefined || refs === undefined) return repository && { repository };
  const parts = name.map((part) => Buffer.from(part, "hex").toString("utf16le"));
  return { repository, ref: [refs, kind, ...parts].join("/") };
}
