import { ApiError, refusals } from "../api-error.ts";
import { labelNamed } from "../pull-requests/labels.ts";
import { listOf, type Call, type Route } from "../route.ts";
import { contributeTo, inPullRequest, pullRequestOf } from "./pull-request-call.ts";
import { labelJson, pullRequestUrl } from "./pull-request-json.ts";

// Pull Request Labels - List, Get, Create, Delete (REST 7.1).
export const labelRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestLabels",
    id: "f22387e3-984e-4c52-9c6d-fbb8f14c812d",
    template: `${inPullRequest}/labels/{labelIdOrName?}`,
    minVersion: "4.0",
    methods: { GET: get, POST: add, DELETE: remove },
  },
];

function get(call: Call) {
  const pullRequest = pullRequestOf(call);
  const url = pullRequestUrl(call.organisation, pullRequest);
  const wanted = call.params["labelIdOrName"];
  if (wanted === undefined) return listOf(pullRequest.labels.map((one) => labelJson(url, one)));
  const found = pullRequest.labels.find((one) => isCalled(one, wanted));
  if (!found) {
    throw new ApiError(404, "TagNotFoundException", `The label ${wanted} was not found.`);
  }
  return { json: labelJson(url, found) };
}

function add(call: Call) {
  const pullRequest = contributeTo(call);
  const { name = "" } = (call.body ?? {}) as { name?: string };
  if (name === "") throw refusals.argument("A label needs a name.");
  const label = labelNamed(pullRequest.repository.project, name);
  if (!pullRequest.labels.some(({ id }) => id === label.id)) pullRequest.labels.push(label);
  return { json: labelJson(pullRequestUrl(call.organisation, pullRequest), label) };
}

function remove(call: Call) {
  const { labels } = contributeTo(call);
  const at = labels.findIndex((one) => isCalled(one, call.params["labelIdOrName"] ?? ""));
  if (at >= 0) labels.splice(at, 1);
  return { status: 200 };
}

function isCalled({ id, name }: { id: string; name: string }, wanted: string): boolean {
  return id === wanted.toLowerCase() || name.toLowerCase() === wanted.toLowerCase();
}
