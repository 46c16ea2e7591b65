import { ApiError } from "../api-error.ts";
import { addPolicy, changePolicy } from "../policies/add-policy.ts";
import { inScope, namesExactly, policiesFor } from "../policies/matching.ts";
import { policyTypes, type PolicyConfiguration } from "../policies/policy.ts";
import { reconsider } from "../pull-requests/merge-pull-request.ts";
import { pullRequestsOf } from "../pull-requests/pull-requests-of.ts";
import { listOf, type Call, type Route } from "../route.ts";
import { continued } from "../paging.ts";
import { policyJson, policyTypeJson } from "./policy-json.ts";
import { projectOf } from "./projects.ts";
import { textGiven } from "../text-given.ts";

const base = "{project}/_apis/policy/configurations";

// Policy Configurations, Revisions, Types (REST 7.1, answers as recorded).
export const policyRoutes: readonly Route[] = [
  {
    area: "policy",
    resource: "configurations",
    id: "dad91cbe-d183-45f8-9c6e-9c1164472121",
    template: `${base}/{configurationId?}`,
    minVersion: "2.0",
    methods: { GET: get, POST: create, PUT: update, DELETE: remove },
  },
  {
    area: "policy",
    resource: "revisions",
    id: "fe1e68a2-60d3-43cb-855b-85e41ae97c95",
    template: `${base}/{configurationId}/revisions/{revisionId?}`,
    minVersion: "2.0",
    methods: { GET: getRevisions },
  },
  {
    area: "policy",
    resource: "types",
    id: "44096322-2d3d-466a-bb30-d1b7de69f61f",
    template: "{project}/_apis/policy/types/{typeId?}",
    minVersion: "2.0",
    methods: { GET: getTypes },
  },
  {
    area: "git",
    resource: "policyConfigurations",
    id: "2c420070-a0a2-49cc-9639-c9f271c5ff07",
    template: "{project}/_apis/git/policy/configurations",
    minVersion: "5.0",
    methods: { GET: getForBranch },
  },
];

function get(call: Call) {
  const { organisation, params, query } = call;
  if (params["configurationId"] !== undefined) {
    return { json: policyJson(organisation, policyOf(call)) };
  }
  const project = projectOf(call);
  const [type, scope] = [query["policytype"]?.toLowerCase(), query["scope"]];
  const found = organisation.policies.filter(
    (one) =>
      one.project === project &&
      !one.isDeleted &&
      (!type || one.typeId === type) &&
      (!scope || one.settings.scope.some(({ repositoryId }) => repositoryId === scope)),
  );
  const { items, headers } = continued(call, found, ({ id }) => String(id));
  return { ...listOf(items.map((one) => policyJson(organisation, one))), headers };
}

function policyOf(call: Call): PolicyConfiguration {
  const project = projectOf(call);
  const id = call.params["configurationId"] ?? "";
  const found = call.organisation.policies.find(
    (one) => one.project === project && one.id === Number(id) && !one.isDeleted,
  );
  if (found) return found;
  throw new ApiError(
    404,
    "PolicyConfigurationNotFoundException",
    `The requested policy configuration was not found: ${id}.`,
  );
}

type Body = {
  readonly type?: { readonly id?: string };
  readonly isEnabled?: boolean;
  readonly isBlocking?: boolean;
  readonly settings?: unknown;
};

function read(call: Call) {
  const { type, isEnabled = false, isBlocking = false, settings } = (call.body ?? {}) as Body;
  const by = call.grant.identity;
  return { by, typeId: textGiven(type?.id, "type.id") ?? "", isEnabled, isBlocking, settings };
}

function demandEditing({ grant: { identity } }: Call): void {
  if (identity.rights.has("EditPolicies")) return;
  throw new ApiError(
    403,
    "PolicyNeedsPermissionException",
    `TF402460: You need the Git 'EditPolicies' permission to perform this action. Details: identity '${identity.uniqueName}'.`,
  );
}

function create(call: Call) {
  demandEditing(call);
  const project = projectOf(call);
  const policy = addPolicy(call.organisation, project, read(call));
  reviewAll(call);
  return { json: policyJson(call.organisation, policy) };
}

function update(call: Call) {
  demandEditing(call);
  const policy = changePolicy(call.organisation, policyOf(call), read(call));
  reviewAll(call);
  return { json: policyJson(call.organisation, policy) };
}

function remove(call: Call) {
  demandEditing(call);
  const old = policyOf(call);
  const by = call.grant.identity;
  changePolicy(call.organisation, old, { ...old, by, isDeleted: true });
  reviewAll(call);
  return { status: 204 };
}

// What auto-complete waited for may be gone.
function reviewAll(call: Call): void {
  const { organisation } = call;
  const { repositories } = projectOf(call);
  for (const pullRequest of repositories.flatMap((one) => pullRequestsOf(organisation, one))) {
    if (pullRequest.status === "active") reconsider(organisation, pullRequest);
  }
}

function getRevisions(call: Call) {
  const policy = policyOf(call);
  const all = [...policy.earlier, policy];
  const wanted = call.params["revisionId"];
  if (wanted === undefined) {
    return listOf(all.map((one) => policyJson(call.organisation, one)).reverse());
  }
  const found = all.find(({ revision }) => String(revision) === wanted);
  if (!found) {
    throw new ApiError(
      404,
      "PolicyConfigurationNotFoundException",
      `The requested policy configuration was not found: revision ${wanted}.`,
    );
  }
  return { json: policyJson(call.organisation, found) };
}

function getTypes(call: Call) {
  const project = projectOf(call);
  const all = Object.values(policyTypes).map((id) => ({
    description: `Branch policy: ${policyTypeJson(call.organisation, project, id).displayName}`,
    ...policyTypeJson(call.organisation, project, id),
  }));
  const wanted = call.params["typeId"]?.toLowerCase();
  if (wanted === undefined) {
    return listOf(all);
  }
  const found = all.find(({ id }) => id === wanted);
  if (!found) {
    throw new ApiError(404, "PolicyTypeNotFoundException", `There is no policy type ${wanted}.`);
  }
  return { json: found };
}

// Policy Configurations - Get (git area): those in force for a repository or a branch.
function getForBranch(call: Call) {
  const { organisation, query } = call;
  const project = projectOf(call);
  const [repositoryId, refName] = [query["repositoryid"], query["refname"]];
  const repository = project.repositories.find(({ id }) => id === repositoryId?.toLowerCase());
  const found =
    repository && refName !== undefined
      ? policiesFor(organisation, repository, refName).filter((one) =>
          namesExactly(one, repository, refName),
        )
      : organisation.policies.filter(
          (one) =>
            one.project === project &&
            !one.isDeleted &&
            (!repository ||
              one.settings.scope.some((scope) =>
                inScope({ ...scope, refName: null }, repository, repository.defaultBranch),
              )),
        );
  const type = query["policytype"]?.toLowerCase();
  const shown = found.filter((one) => !type || one.typeId === type);
  return listOf(shown.map((one) => policyJson(organisation, one)));
}
