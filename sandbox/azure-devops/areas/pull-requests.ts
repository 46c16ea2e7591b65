import { refusals } from "../api-error.ts";
import { maySee } from "../git/visible-repository.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import { pullRequestsOf } from "../pull-requests/pull-requests-of.ts";
import type { Call, Route } from "../route.ts";
import { createPullRequest } from "./create-pull-request.ts";
import { repositoryOf } from "./git-call.ts";
import { projectOf } from "./projects.ts";
import { inPullRequest, pullRequestOf } from "./pull-request-call.ts";
import { readWholePullRequest } from "./pull-request-details.ts";
import { pullRequestJson } from "./pull-request-json.ts";
import { searchPullRequests } from "./search-pull-requests.ts";
import { updatePullRequest } from "./update-pull-request.ts";

// Pull Requests - Create, Get, Get By Id, Update, Get Pull Requests, by project (REST 7.1).
export const pullRequestRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequests",
    id: "9946fd70-0d40-406e-b686-b4744cbbcc37",
    template: inPullRequest.replace("{pullRequestId}", "{pullRequestId?}"),
    resourceVersion: 2,
    methods: {
      GET: (call) =>
        call.params["pullRequestId"] === undefined
          ? searchPullRequests(call, pullRequestsOf(call.organisation, repositoryOf(call)))
          : readWholePullRequest(call, pullRequestOf(call)),
      POST: createPullRequest,
      PATCH: updatePullRequest,
    },
  },
  {
    area: "git",
    resource: "pullRequests",
    id: "01a46dea-7d46-4d40-bc84-319e7c260d99",
    template: "{project?}/_apis/git/pullRequests/{pullRequestId}",
    resourceVersion: 2,
    minVersion: "3.0",
    methods: {
      GET: (call) => {
        const id = Number(call.params["pullRequestId"]);
        const found = visiblePullRequests(call).find((one) => one.id === id);
        if (!found) throw refusals.pullRequest(call.params["pullRequestId"] ?? "");
        return { json: pullRequestJson(call.organisation, found) };
      },
    },
  },
  {
    area: "git",
    resource: "pullRequests",
    id: "a5d28130-9cd2-40fa-9f08-902e7daa9efb",
    template: "{project?}/_apis/git/pullRequests",
    resourceVersion: 2,
    methods: { GET: (call) => searchPullRequests(call, visiblePullRequests(call)) },
  },
];

function visiblePullRequests(call: Call): readonly PullRequest[] {
  const projects =
    call.params["project"] === undefined ? call.organisation.projects : [projectOf(call)];
  return projects
    .flatMap(({ repositories }) => repositories)
    .filter((repository) => maySee(repository, call.grant))
    .flatMap((repository) => pullRequestsOf(call.organisation, repository));
}
