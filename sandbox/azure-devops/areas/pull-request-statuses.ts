import { ApiError, refusals } from "../api-error.ts";
import { identityRef } from "../identities.ts";
import { policiesFor } from "../policies/matching.ts";
import { type Policies, policyTypeOf } from "../policies/policy.ts";
import { reconsider } from "../pull-requests/merge-pull-request.ts";
import type { PullRequest, PullRequestStatus } from "../pull-requests/pull-request.ts";
import type { Call, Route } from "../route.ts";
import { propertiesJson, readProperties } from "./properties.ts";
import { contributeTo, demandOpen, inPullRequest, pullRequestOf } from "./pull-request-call.ts";
import { pullRequestUrl } from "./pull-request-json.ts";
import { gitList } from "./repositories.ts";
import { repositoryUrl } from "./repository-json.ts";
import { readState } from "./statuses.ts";

const methods = { GET: get, POST: post, PATCH: patch, DELETE: remove };

// Pull Request Statuses and Iteration Statuses (REST 7.1). As with commits the same context again
// is a new status; but these can be removed.
export const pullRequestStatusRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestStatuses",
    id: "b5f6bb4f-8d1e-4d79-8d11-4c9172c99c35",
    template: `${inPullRequest}/statuses/{statusId?}`,
    resourceVersion: 2,
    minVersion: "3.0",
    methods,
  },
  {
    area: "git",
    resource: "pullRequestIterationStatuses",
    id: "75cf11c5-979f-4038-a76e-058a06adf2bf",
    template: `${inPullRequest}/iterations/{iterationId}/statuses/{statusId?}`,
    resourceVersion: 2,
    minVersion: "3.0",
    methods,
  },
];

function get(call: Call) {
  const pullRequest = pullRequestOf(call);
  if (call.params["statusId"] !== undefined) {
    return { json: statusJson(call, pullRequest, statusOf(call, pullRequest)) };
  }
  const wanted = iterationOf(call);
  const shown = pullRequest.statuses.filter(
    ({ iterationId }) => wanted === undefined || iterationId === wanted,
  );
  return gitList(shown.map((one) => statusJson(call, pullRequest, one)));
}

function iterationOf({ params }: Call): number | undefined {
  return params["iterationId"] === undefined ? undefined : Number(params["iterationId"]);
}

function statusOf(call: Call, { statuses }: PullRequest): PullRequestStatus {
  const id = call.params["statusId"] ?? "";
  const found = statuses.find((one) => one.id === Number(id));
  if (found) return found;
  throw new ApiError(
    404,
    "GitPullRequestStatusNotFoundException",
    `The pull request status ${id} was not found.`,
  );
}

type Body = {
  readonly state?: string | number;
  readonly description?: string;
  readonly targetUrl?: string;
  readonly context?: { readonly name?: string; readonly genre?: string };
  readonly iterationId?: number;
  readonly properties?: unknown;
};

function post(call: Call) {
  const pullRequest = contributeTo(call);
  const { organisation, grant } = call;
  // What the service answers here is not public: UNVERIFIED, other writes answer so.
  demandOpen(pullRequest);
  const body = (call.body ?? {}) as Body;
  const name = body.context?.name;
  if (!name) throw refusals.argument("A status needs a context with a name.");
  const inBody = body.iterationId;
  const iterationId = iterationOf(call) ?? inBody;
  if (iterationId !== undefined && inBody !== undefined && inBody !== iterationId) {
    throw refusals.argument("The iteration of the address is not that of the body.");
  }
  if (iterationId !== undefined && !pullRequest.iterations.some(({ id }) => id === iterationId)) {
    throw refusals.argument(`There is no iteration ${iterationId}.`);
  }
  const context = { name, genre: body.context?.genre };
  if (iterationId === undefined && mustNameIteration(organisation, pullRequest, context)) {
    throw new ApiError(
      403,
      "GitPullRequestStatusRejectedByPolicyException",
      "Pull request status rejected by status policy. Policy configuration requires status to be posted on iteration",
    );
  }
  const status: PullRequestStatus = {
    id: pullRequest.statuses.reduce((last, { id }) => Math.max(last, id), 0) + 1,
    iterationId,
    state: readState(body.state),
    description: body.description,
    targetUrl: body.targetUrl,
    context,
    createdBy: grant.identity,
    creationDate: organisation.clock.now().toISOString(),
    properties: readProperties(body.properties),
  };
  pullRequest.statuses.push(status);
  reconsider(organisation, pullRequest);
  return { json: statusJson(call, pullRequest, status) };
}

function mustNameIteration(
  organisation: Policies,
  { repository, targetRef }: PullRequest,
  context: PullRequestStatus["context"],
): boolean {
  return policiesFor(organisation, repository, targetRef).some(
    ({ typeId, settings }) =>
      policyTypeOf(typeId) === "status" &&
      settings["invalidateOnSourceUpdate"] === true &&
      settings["statusName"] === context.name &&
      (settings["statusGenre"] ?? "") === (context.genre ?? ""),
  );
}

function patch(call: Call) {
  const pullRequest = contributeTo(call);
  const operations = (call.body ?? []) as readonly { op?: string | number; path?: string }[];
  for (const { op, path = "" } of operations) {
    if (!["remove", "1"].includes(String(op).toLowerCase())) {
      throw refusals.argument("Statuses can only be removed.");
    }
    removeOne(pullRequest, Number(path.replace("/", "")));
  }
  reconsider(call.organisation, pullRequest);
  return { status: 200 };
}

function remove(call: Call) {
  const pullRequest = contributeTo(call);
  removeOne(pullRequest, statusOf(call, pullRequest).id);
  reconsider(call.organisation, pullRequest);
  return { status: 200 };
}

function removeOne({ statuses }: PullRequest, id: number): void {
  const at = statuses.findIndex((one) => one.id === id);
  if (at >= 0) statuses.splice(at, 1);
}

function statusJson(call: Call, pullRequest: PullRequest, status: PullRequestStatus) {
  const { organisation } = call;
  const { id, iterationId, state, description, context, properties } = status;
  const url = pullRequestUrl(organisation, pullRequest);
  const under = iterationId === undefined ? url : `${url}/iterations/${iterationId}`;
  return {
    ...(iterationId === undefined ? {} : { iterationId }),
    ...(properties.size === 0 ? {} : { properties: propertiesJson(properties) }),
    id,
    state,
    ...(description === undefined ? {} : { description }),
    context: {
      name: context.name,
      ...(context.genre === undefined ? {} : { genre: context.genre }),
    },
    creationDate: status.creationDate,
    updatedDate: status.creationDate,
    createdBy: identityRef(status.createdBy, organisation.url),
    ...(status.targetUrl === undefined ? {} : { targetUrl: status.targetUrl }),
    _links: {
      self: { href: `${under}/statuses/${id}` },
      repository: { href: repositoryUrl(organisation, pullRequest.repository) },
    },
  };
}
