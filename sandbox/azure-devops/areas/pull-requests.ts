import { ApiError, refusals } from "../api-error.ts";
import { resolveCommit } from "../git/objects.ts";
import { queueCompletion, queueMerge, reconsider } from "../pull-request-merge.ts";
import { findProject, listOf, type Call, type Route } from "../route.ts";
import type { CompletionOptions, PullRequest } from "../state.ts";
import { maySee } from "../git/visible-repository.ts";
import { demand, repositoryOf } from "./git-call.ts";
import { pullRequestJson } from "./pull-request-json.ts";

const inRepository = "{project?}/_apis/git/repositories/{repositoryId}/pullRequests";

// Pull Requests - Create, Get, Update, Get Pull Requests (REST 7.1).
export const pullRequestRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequests",
    id: "9946fd70-0d40-406e-b686-b4744cbbcc37",
    template: `${inRepository}/{pullRequestId?}`,
    resourceVersion: 2,
    methods: {
      GET: (call) =>
        call.params["pullRequestId"] === undefined
          ? search(call, repositoryOf(call).pullRequests)
          : { json: pullRequestJson(call.organisation, pullRequestOf(call)) },
      POST: create,
      PATCH: update,
    },
  },
  {
    area: "git",
    resource: "pullRequests",
    id: "01a46dea-7d46-4d40-bc84-319e7c260d99",
    template: "{project?}/_apis/git/pullRequests/{pullRequestId?}",
    resourceVersion: 2,
    methods: {
      GET: (call) => {
        const all = visiblePullRequests(call);
        const wanted = call.params["pullRequestId"];
        if (wanted === undefined) return search(call, all);
        const found = all.find(({ id }) => id === Number(wanted));
        if (!found) throw refusals.pullRequest(Number(wanted));
        return { json: pullRequestJson(call.organisation, found) };
      },
    },
  },
];

export function pullRequestOf(call: Call): PullRequest {
  const id = Number(call.params["pullRequestId"]);
  const found = repositoryOf(call).pullRequests.find((one) => one.id === id);
  if (!found) throw refusals.pullRequest(id);
  return found;
}

function visiblePullRequests(call: Call): readonly PullRequest[] {
  const { project: name } = call.params;
  const project = name === undefined ? undefined : findProject(call.organisation, name);
  const projects = project ? [project] : call.organisation.projects;
  return projects
    .flatMap(({ repositories }) => repositories)
    .filter((repository) => maySee(repository, call.grant))
    .flatMap(({ pullRequests }) => pullRequests);
}

function search(call: Call, all: readonly PullRequest[]) {
  const criterion = (name: string) => call.query[`searchcriteria.${name}`];
  const status = criterion("status") ?? "active";
  const found = all
    .filter((one) => status === "all" || one.status === status)
    .filter((one) => matches(criterion("sourcerefname"), one.sourceRef))
    .filter((one) => matches(criterion("targetrefname"), one.targetRef))
    .filter((one) => matches(criterion("creatorid"), one.createdBy.id))
    .sort((a, b) => b.id - a.id);
  const skip = Number(call.query["$skip"] ?? 0);
  const top = Number(call.query["$top"] ?? 101);
  const shown = found.slice(skip, skip + top);
  return listOf(shown.map((one) => pullRequestJson(call.organisation, one, { inList: true })));
}

function matches(wanted: string | undefined, actual: string): boolean {
  return wanted === undefined || wanted === actual;
}

type Body = {
  readonly sourceRefName?: string;
  readonly targetRefName?: string;
  readonly title?: string;
  readonly description?: string;
  readonly isDraft?: boolean;
  readonly status?: "active" | "abandoned" | "completed";
  readonly labels?: readonly { readonly name: string }[];
  readonly lastMergeSourceCommit?: { readonly commitId?: string };
  readonly completionOptions?: CompletionOptions;
  readonly autoCompleteSetBy?: { readonly id?: string };
};

async function create(call: Call) {
  const repository = repositoryOf(call);
  demand(call, "PullRequestContribute");
  const body = (call.body ?? {}) as Body;
  const { sourceRefName: sourceRef = "", targetRefName: targetRef = "" } = body;
  checkDescription(body.description);
  const open = repository.pullRequests.some(
    (one) => one.status === "active" && one.sourceRef === sourceRef && one.targetRef === targetRef,
  );
  if (open) {
    throw new ApiError(
      409,
      "GitPullRequestExistsException",
      "TF401179: An active pull request for the source and target branch already exists.",
    );
  }
  const sourceCommit = await resolveCommit(repository.directory, sourceRef);
  const targetCommit = await resolveCommit(repository.directory, targetRef);
  if (!sourceCommit || !targetCommit) {
    throw new ApiError(
      400,
      "GitPullRequestCannotBeActivatedException",
      "TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists, or the requested changes could not be merged.",
    );
  }
  const { organisation, grant } = call;
  const pullRequest: PullRequest = {
    id: (organisation.counters.nextPullRequest += 1),
    repository,
    createdBy: grant.identity,
    creationDate: organisation.clock.now().toISOString(),
    sourceRef,
    targetRef,
    title: body.title ?? "",
    description: body.description,
    isDraft: body.isDraft ?? false,
    status: "active",
    mergeStatus: "queued",
    mergeFailureMessage: undefined,
    sourceCommit,
    targetCommit,
    mergeCommit: undefined,
    closedDate: undefined,
    closedBy: undefined,
    autoCompleteSetBy: undefined,
    completionOptions: undefined,
    reviewers: new Map(),
    properties: new Map(),
    labels: (body.labels ?? []).map(({ name }) => name),
    threads: [],
  };
  repository.pullRequests.push(pullRequest);
  const answer = { status: 201, json: pullRequestJson(organisation, pullRequest) };
  queueMerge(organisation, pullRequest);
  return answer;
}

async function update(call: Call) {
  const pullRequest = pullRequestOf(call);
  demand(call, "PullRequestContribute");
  const { organisation, grant } = call;
  const body = (call.body ?? {}) as Body;
  checkDescription(body.description);
  if (pullRequest.status !== "active" && body.status !== "active") {
    throw new ApiError(
      409,
      "GitPullRequestNotEditableException",
      "TF401181: The pull request cannot be edited due to its state.",
    );
  }
  if (body.title !== undefined) pullRequest.title = body.title;
  if (body.description !== undefined) pullRequest.description = body.description;
  if (body.isDraft !== undefined) pullRequest.isDraft = body.isDraft;
  if (body.completionOptions) pullRequest.completionOptions = body.completionOptions;
  if (body.autoCompleteSetBy) {
    demand(call, "GenericContribute");
    pullRequest.autoCompleteSetBy = organisation.identities.find(
      ({ id }) => id === body.autoCompleteSetBy?.id,
    );
    reconsider(organisation, pullRequest);
  }
  switch (body.status) {
    case "abandoned":
      Object.assign(pullRequest, {
        status: "abandoned",
        closedDate: organisation.clock.now().toISOString(),
        closedBy: grant.identity,
        mergeStatus: undefined,
        mergeCommit: undefined,
      } satisfies Partial<PullRequest>);
      break;
    case "active":
      Object.assign(pullRequest, {
        status: "active",
        closedDate: undefined,
        closedBy: undefined,
      } satisfies Partial<PullRequest>);
      queueMerge(organisation, pullRequest);
      break;
    case "completed":
      demand(call, "GenericContribute");
      if (body.lastMergeSourceCommit?.commitId !== pullRequest.sourceCommit) {
        throw new ApiError(
          409,
          "GitPullRequestStaleException",
          "The pull request's source has changed since; look again before completing it.",
        );
      }
      queueCompletion(organisation, pullRequest, grant.identity);
      break;
    case undefined:
      break;
    default:
      throw refusals.argument(`"${String(body.status)}" is not a status of a pull request.`);
  }
  organisation.events.emit("pullRequestChanged", pullRequest);
  return { json: pullRequestJson(organisation, pullRequest) };
}

function checkDescription(description: string | undefined): void {
  if ((description?.length ?? 0) <= 4000) return;
  throw refusals.argument(
    "Invalid argument value.\r\nParameter name: A description for a pull request must not be longer than 4000 characters.",
  );
}
