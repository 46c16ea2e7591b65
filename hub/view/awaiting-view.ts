import { pullRequestUrl } from "../../core/azure-devops/urls.ts";
import { contributionId } from "../../core/extension.ts";
import type { Severity } from "../../core/diff/risk.ts";
import type { VoteRecord } from "../../core/run/vote-record.ts";
import type { Compared, ComparedCommits } from "../data/compared-request.ts";
import type { Awaiting } from "../data/load-awaiting.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";
import { agoText } from "./ago.ts";
import { count } from "../../core/count.ts";
import { plainError } from "./plain-error.ts";
import type { Place } from "./place.ts";
import { movedView } from "./target-move.ts";
import { unreadText } from "./unread.ts";
import { voteSubject } from "./vote-view.ts";

/** Gravest first; what is not known stands beside what is grave, never beside what is not. */
export const groups = ["high", "unknown", "medium", "none", "comparing"] as const;
export type Group = (typeof groups)[number];

export const groupTitles: Readonly<Record<Group, string>> = {
  high: "High risk",
  unknown: "Not everything was compared or judged",
  medium: "Medium risk",
  none: "No known risk",
  comparing: "Being compared",
};

type RiskLine = { readonly tone: "bad" | "warning" | "plain"; readonly text: string };

export type AwaitingItem = {
  readonly key: string;
  readonly title: string;
  /** Its tab in Azure Repos. */
  readonly url: string;
  readonly repository: string;
  readonly id: number;
  readonly group: Group;
  /** `1 image, 2 objects changed`; why, where nothing was compared. */
  readonly summary: string;
  readonly risks: readonly RiskLine[];
  readonly opened: string;
  /** What the viewer has said of it. */
  readonly mine: string;
  /** What a vote would be for; undefined where it may not be approved with others. */
  readonly vote: Omit<VoteRecord, "at"> | undefined;
  /** Why not; empty where it may. */
  readonly alone: string;
};

/** How many wait, as far as it is known. */
export function awaitingText({ open, unread, listed }: Omit<Awaiting, "problems">): string {
  if (!listed) return "Whether pull requests of runs wait in this project is not known.";
  const all = open.length + unread;
  if (all === 0)
    return "No open pull request of a run waits in this project, among those that you may read.";
  const some = `${count(all, "open pull request")} of ${all === 1 ? "a run" : "runs"} in this project`;
  if (unread === 0) return `${some}.`;
  if (open.length === 0) return `${some}: ${all === 1 ? "it" : "they"} could not be read.`;
  return `${some}, ${unread} of which could not be read.`;
}

/** Where the hub's own page shows its review. */
export function reviewPlace({ repository, id }: Pick<AwaitingItem, "repository" | "id">) {
  return { view: "review", repository, id: String(id) };
}

const mostRisks = 3;

export function awaitingItem(
  facts: PullRequestFacts,
  of: { readonly key: string; readonly compared: Compared | undefined },
  { organisationUrl, extension, now }: Place,
): AwaitingItem {
  const { pullRequest, target, comparison } = facts;
  const { repository, pullRequestId: id, creationDate, isDraft } = pullRequest;
  const address = {
    organisationUrl,
    project: repository.project.name,
    repository: repository.name,
  };
  const what = target === undefined ? "" : `${target.delivery} → ${target.environment}`;
  const changes = of.compared !== undefined && "digest" in of.compared ? of.compared : undefined;
  const { group, summary, risks } = verdictOf(of.compared, facts);
  const mine = mineOf(facts, changes?.digest);
  const alone = aloneText(group, { me: facts.me, changes });
  const canVote = alone === "" && mine !== approvedThis && isDraft !== true;
  return {
    key: of.key,
    repository: repository.id,
    id,
    title: `!${id} ${what}${isDraft === true ? " (draft)" : ""}`,
    url: `${pullRequestUrl(address, id)}?_a=${contributionId(extension, "review")}`,
    ...{ group, summary, risks, mine },
    opened: `opened ${agoText(creationDate, now)}`,
    alone,
    vote:
      canVote && changes !== undefined && comparison !== undefined
        ? {
            digest: changes.digest,
            source: comparison.source,
            before: changes.before,
            after: changes.after,
          }
        : undefined,
  };
}

// Several at once are approved without a look at each: only where all that would be said is known.
function aloneText(
  group: Group,
  { me, changes }: { readonly me: unknown; readonly changes: ComparedCommits | undefined },
): string {
  const inReview = "Decided in its own review alone";
  const server = changes?.server;
  if (isUnasked(server)) {
    return `${inReview}: the API server's own code was not asked what it would refuse`;
  }
  if (group === "high" || group === "unknown") return inReview;
  if (me === undefined) return "Who you are could not be read: until it is you cannot approve";
  if (changes === undefined || server !== undefined) return "";
  return "The API server's own code is being asked what it would refuse";
}

function isUnasked(server: ComparedCommits["server"]): boolean {
  return server !== undefined && !("value" in server && server.value.isKnown);
}

function verdictOf(
  compared: Compared | undefined,
  facts: PullRequestFacts,
): Pick<AwaitingItem, "group" | "summary" | "risks"> {
  const { comparison, uncompared } = facts;
  if (compared === undefined) {
    if (uncompared !== undefined) {
      return { group: "unknown", summary: unreadText("What would change", uncompared), risks: [] };
    }
    const summary = comparison === undefined ? "Azure DevOps works out its merge" : "";
    return { group: "comparing", summary, risks: [] };
  }
  if ("error" in compared) {
    return { group: "unknown", summary: plainError(compared.error), risks: [] };
  }
  const { server } = compared;
  const view = (server !== undefined && "value" in server && server.value.view) || compared.view;
  const branchOnly = comparison?.basis === "source";
  const moved = movedView(facts, compared.places);
  const isStale = moved !== undefined && moved.isStale !== false;
  const shown = view.risks.slice(0, mostRisks).map(({ severity, object, text }): RiskLine => ({
    tone: severity === "high" ? "bad" : "warning",
    text: `${object} ${text}`,
  }));
  const left = view.risks.length - shown.length;
  const known = view.complete && !branchOnly && !isStale && !isUnasked(server);
  const gap = server !== undefined && "value" in server ? server.value.gap : undefined;
  return {
    group: groupOf({ worst: view.worst, isKnown: known, isAsked: server !== undefined }),
    summary: [
      view.summary,
      ...(view.complete ? [] : [", as far as it could be compared"]),
      ...(branchOnly ? [", of its branch alone: it cannot be merged as it is"] : []),
      ...(gap === undefined || isUnasked(server) ? [] : [`; ${gap}`]),
      ...(isStale ? [`. ${moved.text}`] : []),
    ].join(""),
    risks: [
      ...shown,
      ...(left > 0 ? [{ tone: "plain", text: `and ${count(left, "risk")} more` } as const] : []),
    ],
  };
}

function groupOf(of: {
  readonly worst: Severity | undefined;
  readonly isKnown: boolean;
  /** What the API server would refuse is no longer awaited. */
  readonly isAsked: boolean;
}): Group {
  if (of.worst === "high") return "high";
  if (!of.isKnown) return "unknown";
  return of.isAsked ? (of.worst ?? "none") : "comparing";
}

const approvedThis = "You approved this";

function mineOf(facts: PullRequestFacts, digest: string | undefined): string {
  const { pullRequest, me, voteRecords } = facts;
  const mine = pullRequest.reviewers?.find(({ id }) => id === me?.id);
  if (mine === undefined || mine.vote === 0) return "";
  if (mine.vote < 0) return "You voted against it";
  const { on } = voteSubject(mine, { voteRecords, digest });
  if (on === "this") return approvedThis;
  if (on === "other") return "Changed since you approved";
  return `You approved, on what ${voteRecords === undefined ? "could not be read" : "is not recorded"}`;
}

/** Whether every word of a text stands in what is shown of it. */
export function fitsText(item: AwaitingItem, text: string): boolean {
  const { title, summary, risks, mine, group } = item;
  const shown = [title, summary, ...risks.map((risk) => risk.text), mine, groupTitles[group]]
    .join(" ")
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => shown.includes(word));
}
