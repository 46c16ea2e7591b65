import type { Build } from "../../core/azure-devops/types.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";
import { waitingText } from "./ago.ts";
import { openLettersOf } from "./connector-statuses.ts";
import { safeLink } from "./safe-link.ts";

/** The run that made a pull request, and whether it waits for its merge. */
export type WaitView = {
  readonly state: "waiting" | "stuck" | "ended" | "succeeded" | "failed" | "none";
  /** A sentence. */
  readonly text: string;
  readonly link?: { readonly text: string; readonly url: string };
};

export function waitView(
  facts: Pick<
    PullRequestFacts,
    "build" | "letters" | "target" | "trailers" | "pullRequest" | "originRead" | "hasBranch"
  >,
  { organisationUrl, now }: { readonly organisationUrl: string; readonly now: number },
): WaitView {
  const { build, letters, target, trailers, pullRequest, originRead } = facts;
  const merged = pullRequest.status === "completed";
  const link = runLink(build, trailers?.run, organisationUrl);
  const withLink = link === undefined ? {} : { link };
  const open = openLettersOf(letters ?? [])[0];
  if (build !== undefined && build.status !== "completed" && open !== undefined) {
    const since = waitingText(open.creationDate, now);
    if (!merged && facts.hasBranch === false) {
      const text = `${since} for this to be merged, and there is no branch to merge`;
      return { state: "stuck", text, ...withLink };
    }
    const goal = merged ? "deployed and healthy" : "merged";
    return { state: "waiting", text: `${since}: it goes on when this is ${goal}`, ...withLink };
  }
  if (build !== undefined && build.status !== "completed" && letters === undefined) {
    const text = "is in progress; whether it waits for this could not be read";
    return { state: "none", text, ...withLink };
  }
  if (build !== undefined) {
    const ended = build.status === "completed";
    const result = `has ended (${build.result ?? "no result"})`;
    const text = ended
      ? `${result}${merged ? "" : ": nothing waits for this merge"}`
      : `is in progress and does not wait for this${merged ? " any more" : " yet"}`;
    const state = !ended ? "none" : !merged ? "ended" : stateOfEnd(build);
    return { state, text, ...withLink };
  }
  if (!originRead) {
    return { state: "none", text: "Whether a run waits for this could not be read." };
  }
  if (link !== undefined) {
    return { state: "none", text: "cannot be read by you, or is gone", ...withLink };
  }
  const text =
    target === undefined
      ? "No pipeline run waits for this merge."
      : "The run that made this is not known.";
  return { state: "none", text };
}

function stateOfEnd({ result }: Build): WaitView["state"] {
  if (result === "succeeded" || result === "failed") return result;
  return "ended";
}

function runLink(build: Build | undefined, said: string | undefined, organisationUrl: string) {
  if (build !== undefined) {
    const url = runUrl({ organisationUrl, project: build.project.name, build: build.id });
    return { text: `${build.definition.name} ${build.buildNumber}`, url };
  }
  const url = safeLink(said, organisationUrl);
  return url === undefined ? undefined : { text: "The run", url };
}
