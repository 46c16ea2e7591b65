import { ApiError, refusals } from "../api-error.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import { maySee } from "../git/visible-repository.ts";
import { pullRequestsOf } from "../pull-requests/pull-requests-of.ts";
import { listOf, type Answer, type Call, type Route } from "../route.ts";
import { demand } from "./git-call.ts";
import { demandWorkItem } from "./work-item-refs.ts";

// Work Items - Get, List, Get Work Items Batch, Update (REST 7.1), as far as links need them: there
// are no boards here, a work item is its id and the pull requests that name it.
const methods = { GET: read, PATCH: update };
const workItems = {
  area: "wit",
  resource: "workItems",
  id: "72c7ddf8-2cdc-4f60-90cd-ab71c14a399b",
  resourceVersion: 3,
  methods,
} as const;

export const workItemRoutes: readonly Route[] = [
  {
    area: "wit",
    resource: "workItemsBatch",
    id: "908509b6-4248-4475-a1cd-829139ba419f",
    minVersion: "5.0",
    template: "{project}/_apis/wit/workitemsbatch",
    methods: { POST: readBatch },
  },
  { ...workItems, template: "_apis/wit/workItems/{id?}" },
  { ...workItems, template: "{project}/_apis/wit/workItems/{id?}" },
];

function read(call: Call): Answer {
  const { params, query } = call;
  const expand = query["$expand"]?.toLowerCase() ?? "none";
  if (params["id"] !== undefined) return { json: workItemJson(call, params["id"], expand) };
  const ids = (query["ids"] ?? "").split(",").filter(Boolean);
  if (ids.length === 0) throw refusals.argument("The ids of the work items are missing.");
  return listOf(ids.map((id) => workItemJson(call, id, expand)));
}

function readBatch(call: Call): Answer {
  const { ids = [], $expand = "none" } = (call.body ?? {}) as {
    readonly ids?: readonly number[];
    readonly $expand?: string;
  };
  return listOf(ids.map((id) => workItemJson(call, String(id), String($expand).toLowerCase())));
}

type Operation = {
  readonly op?: string;
  readonly path?: string;
  readonly value?: { readonly rel?: string; readonly url?: string };
};

// The only change that there is to make here: a link to a pull request.
function update(call: Call): Answer {
  const id = call.params["id"] ?? "";
  demandWorkItem(call.organisation, id);
  if (!Array.isArray(call.body)) throw refusals.argument("A JSON Patch document is a list.");
  for (const { op, path, value } of call.body as readonly Operation[]) {
    const linked = op === "add" && path === "/relations/-" && value?.rel === "ArtifactLink";
    const pullRequest = linked ? pullRequestAt(call, value.url ?? "") : undefined;
    if (!pullRequest) {
      throw new ApiError(
        501,
        "NotImplemented",
        `The sandbox keeps nothing of a work item but its links to pull requests; it cannot ${op ?? ""} ${path ?? ""}.`,
      );
    }
    demand(call, "PullRequestContribute", { repository: pullRequest.repository });
    if (!pullRequest.workItems.includes(id)) pullRequest.workItems.push(id);
  }
  return { json: workItemJson(call, id, "relations") };
}

const artifact = /^vstfs:\/\/\/Git\/PullRequestId\/[^/]+(?:%2f|\/)([^/%]+)(?:%2f|\/)(\d+)$/i;

function pullRequestAt({ organisation, grant }: Call, url: string): PullRequest | undefined {
  const [, repository, id] = artifact.exec(url) ?? [];
  return organisation.projects
    .flatMap(({ repositories }) => repositories)
    .filter((one) => one.id === repository?.toLowerCase() && maySee(one, grant))
    .flatMap((one) => pullRequestsOf(organisation, one))
    .find((one) => one.id === Number(id));
}

function workItemJson({ organisation, params, grant }: Call, id: string, expand: string) {
  demandWorkItem(organisation, id);
  const url = `${organisation.url}/_apis/wit/workItems/${id}`;
  const project =
    organisation.projects.find(({ id, name }) => [id, name].includes(params["project"] ?? "")) ??
    organisation.projects[0];
  const { name = "" } = project ?? {};
  const relations = organisation.projects.flatMap((one) =>
    one.repositories
      .filter((repository) => maySee(repository, grant))
      .flatMap((repository) =>
        pullRequestsOf(organisation, repository)
          .filter((pullRequest) => pullRequest.workItems.includes(id))
          .map((pullRequest) => ({
            rel: "ArtifactLink",
            url: `vstfs:///Git/PullRequestId/${one.id}%2F${repository.id}%2F${pullRequest.id}`,
            attributes: { name: "Pull Request" },
          })),
      ),
  );
  const all = expand === "all" || expand === "4";
  const withRelations = all || expand === "relations" || expand === "1";
  return {
    id: Number(id),
    rev: 1,
    fields: {
      "System.TeamProject": name,
      "System.WorkItemType": "Task",
      "System.State": "Active",
      "System.Title": `Work item ${id}`,
    },
    ...(withRelations && relations.length > 0 ? { relations } : {}),
    ...(all || params["id"] !== undefined
      ? {
          _links: {
            self: { href: url },
            html: { href: `${organisation.url}/${name}/_workitems/edit/${id}` },
          },
        }
      : {}),
    url,
  };
}
