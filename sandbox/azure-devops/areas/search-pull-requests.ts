import { numberOf } from "../paging.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import type { Call } from "../route.ts";
import { pullRequestJson } from "./pull-request-json.ts";
import { gitList } from "./repositories.ts";

// Names, or PullRequestStatus' numbers, as clients in browsers send them.
const statuses: Readonly<Record<string, PullRequest["status"] | "all">> = {
  "0": "active",
  notset: "active",
  "1": "active",
  active: "active",
  "2": "abandoned",
  abandoned: "abandoned",
  "3": "completed",
  completed: "completed",
  "4": "all",
  all: "all",
};

/** Newest first; without a status only the open ones. */
export function searchPullRequests(call: Call, all: readonly PullRequest[]) {
  const criterion = (name: string) => call.query[`searchcriteria.${name}`] || undefined;
  const status = statuses[(criterion("status") ?? "active").toLowerCase()] ?? "active";
  const labels = (criterion("labels") ?? "").split(",").filter(Boolean);
  const isIn = timeRange(criterion);
  const found = all
    .filter(
      (one) =>
        (status === "all" || one.status === status) &&
        matches(criterion("sourcerefname"), one.sourceRef) &&
        matches(criterion("targetrefname"), one.targetRef) &&
        matches(criterion("creatorid"), one.createdBy.id) &&
        matches(criterion("repositoryid"), one.repository.id) &&
        matches(criterion("sourcerepositoryid"), one.repository.id) &&
        (criterion("reviewerid") === undefined ||
          one.reviewers.has(criterion("reviewerid")?.toLowerCase() ?? "")) &&
        labels.every((wanted) => one.labels.some(({ name }) => name === wanted)) &&
        one.title.toLowerCase().includes((criterion("title") ?? "").toLowerCase()) &&
        isIn(one),
    )
    .sort((a, b) => b.id - a.id);
  const skip = numberOf(call, "$skip", 0);
  const shown = found.slice(skip, skip + Math.min(numberOf(call, "$top", 101), 1000));
  return gitList(shown.map((one) => pullRequestJson(call.organisation, one, { inList: true })));
}

function timeRange(criterion: (name: string) => string | undefined) {
  const [from, to] = ["mintime", "maxtime"].map((name) => Date.parse(criterion(name) ?? ""));
  const byClosing = /^(closed|2)$/i.test(criterion("querytimerangetype") ?? "");
  return ({ creationDate, closedDate }: PullRequest): boolean => {
    const time = Date.parse((byClosing ? closedDate : creationDate) ?? "");
    if (from !== undefined && time < from) return false;
    return !(to !== undefined && time > to);
  };
}

function matches(wanted: string | undefined, actual: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === actual.toLowerCase();
}
