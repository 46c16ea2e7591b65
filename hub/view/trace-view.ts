import { commitUrl, pullRequestUrl, runUrl } from "../../core/azure-devops/urls.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { Journey } from "../data/load-trace.ts";
import { hopOf, type HopView, type Step, totalText } from "./trace-step.ts";
import { shownVerdict, verdictOf } from "./verdict.ts";

/** One way into an environment: its hops in order, with the time that each took. */
export type TraceView = {
  readonly key: string;
  /** `shop to prod` */
  readonly title: string;
  readonly hops: readonly HopView[];
  /** `2 hours in all, 1 hour 50 minutes of it waiting`; empty before its end. */
  readonly total: string;
};

export function traceView(
  journey: Journey,
  of: {
    readonly snapshots: readonly EnvironmentSnapshot[];
    /** False: whose statuses count is not known. */
    readonly reportsRead: boolean;
    readonly organisationUrl: string;
    readonly now: number;
  },
): TraceView {
  const { branch, pullRequest } = journey;
  const all = [
    codeStep(journey, of),
    ...ciSteps(journey, of),
    runStep(journey, of),
    ...stageSteps(journey),
    requestStep(journey, of),
    mergeStep(journey, of),
    ...clusterSteps(journey, of),
  ];
  const hops = all.map((step, index) => hopOf(step, all.slice(0, index), of.now));
  return {
    key: String(pullRequest.pullRequestId),
    title: `${branch.delivery} to ${branch.environment}`,
    hops,
    total: totalText(all),
  };
}

type At = Parameters<typeof traceView>[1];

function codeStep(
  { source, sourceRead, code, codeRepository }: Journey,
  { organisationUrl }: At,
): Step {
  const url =
    codeRepository === undefined || source === undefined
      ? undefined
      : commitUrl(
          {
            organisationUrl,
            project: codeRepository.project.name,
            repository: codeRepository.name,
          },
          source.commit,
        );
  const title = code?.comment.split("\n")[0] ?? "";
  return {
    name: "Commit",
    text:
      source === undefined
        ? sourceRead
          ? "not known"
          : "could not be read"
        : `${source.commit.slice(0, 8)} ${title}`.trim(),
    url,
    tone: "plain",
    at: code?.committer?.date,
    before: "work",
  };
}

function ciSteps({ ci }: Journey, { organisationUrl }: At): readonly Step[] {
  if (ci === undefined) return [];
  const url = runUrl({ organisationUrl, project: ci.project.name, build: ci.id });
  const of = { url, text: `${ci.definition.name} ${ci.buildNumber}` };
  const [begun, ended] = [ci.startTime ?? ci.queueTime, ci.finishTime];
  const tone = ci.result === "succeeded" ? "good" : "plain";
  const end = `${of.text}: ${ci.result ?? "in progress"}`;
  return [
    { ...of, name: "CI begins", tone: "plain", at: begun, before: "wait" },
    { ...of, name: "CI ends", text: end, tone, at: ended, before: "work" },
  ];
}

function runStep({ build, branch, ci, runRead }: Journey, { organisationUrl }: At): Step {
  // Without it nobody knows what of the time before was CI's work.
  const before = ci === undefined ? "unknown" : "wait";
  if (build === undefined) {
    const why = runRead ? "cannot be read by you, or is gone" : "could not be read";
    const text = `run ${branch.build} ${why}`;
    return { name: "Run", text, url: undefined, tone: "plain", at: undefined, before };
  }
  const ended = build.status === "completed";
  const tone = !ended
    ? "running"
    : build.result === "succeeded"
      ? "good"
      : build.result === "failed"
        ? "bad"
        : "plain";
  return {
    name: "Run",
    text: `${build.definition.name} ${build.buildNumber}: ${ended ? (build.result ?? "ended") : "in progress"}`,
    url: runUrl({ organisationUrl, project: build.project.name, build: build.id }),
    tone,
    at: build.startTime ?? build.queueTime,
    before,
  };
}

const soonMs = 60_000;

// A later stage begins when what it hangs on is done: nobody knows how much of that was waiting. What
// the trailer says counts only between the run's begin and the pull request.
function stageSteps({ build, branch, source, pullRequest }: Journey): readonly Step[] {
  const { started } = source ?? {};
  const begun = build?.startTime ?? build?.queueTime;
  if (started === undefined || begun === undefined) return [];
  const at = Date.parse(started);
  const isLater = at - Date.parse(begun) >= soonMs;
  if (!isLater || at > Date.parse(pullRequest.creationDate)) return [];
  const text = `${branch.environment} begins`;
  return [{ name: "Stage", text, url: undefined, tone: "plain", at: started, before: "unknown" }];
}

function requestStep({ pullRequest }: Journey, { organisationUrl }: At): Step {
  const { name, project } = pullRequest.repository;
  const address = { organisationUrl, project: project.name, repository: name };
  return {
    name: "Pull request",
    text: `!${pullRequest.pullRequestId} opened`,
    url: pullRequestUrl(address, pullRequest.pullRequestId),
    tone: "plain",
    at: pullRequest.creationDate,
    before: "work",
  };
}

function mergeStep({ pullRequest }: Journey, { organisationUrl }: At): Step {
  const { status, closedDate, closedBy, lastMergeCommit, repository } = pullRequest;
  const address = {
    organisationUrl,
    project: repository.project.name,
    repository: repository.name,
  };
  const by = closedBy === undefined ? "" : ` by ${closedBy.displayName}`;
  switch (status) {
    case "completed":
      return {
        name: "Merge",
        text: `${lastMergeCommit?.commitId.slice(0, 8) ?? "merged"}${by}`,
        url: lastMergeCommit && commitUrl(address, lastMergeCommit.commitId),
        tone: "good",
        at: closedDate,
        before: "wait",
      };
    case "abandoned":
      return {
        ...{ name: "Merge", text: `abandoned${by}`, url: undefined },
        ...{ tone: "bad", at: closedDate, before: "wait" },
      };
    default:
      return {
        ...{ name: "Merge", text: "waits for a review", url: undefined },
        ...{ tone: "waiting", at: undefined, before: "wait" },
      };
  }
}

function clusterSteps(journey: Journey, { snapshots, reportsRead }: At): readonly Step[] {
  const { branch, pullRequest, statuses } = journey;
  if (pullRequest.status !== "completed") return [];
  const merge = pullRequest.lastMergeCommit?.commitId;
  const own = snapshots.filter(({ environment }) => environment === branch.environment);
  const clusters = own.flatMap(({ cluster, rollouts = [] }) => {
    const found = rollouts.find(({ commit }) => commit === merge);
    const where = own.length > 1 ? ` in ${cluster}` : "";
    const step = (name: string, at: string | undefined, before: Step["before"]): Step => ({
      ...{ name: `${name}${where}`, text: at === undefined ? "" : "done", url: undefined },
      ...{ tone: at === undefined ? "plain" : "good", at, before },
    });
    return [
      step("Fetched by Flux", found?.fetchedAt, "wait"),
      step("Applied", found?.appliedAt, "work"),
    ];
  });
  if (statuses === undefined) {
    const text = "what connectors said could not be read";
    const step = { name: "Healthy", text, url: undefined, tone: "warning" } as const;
    return [...clusters, { ...step, at: undefined, before: "work" }];
  }
  const verdict = verdictOf(statuses, `${branch.delivery}/${branch.environment}`);
  const { tone, text } = shownVerdict(verdict, reportsRead);
  return [
    ...clusters,
    {
      name: "Healthy",
      text: verdict === undefined ? "no word from a connector" : text,
      url: undefined,
      tone,
      at: verdict?.state === "succeeded" && reportsRead ? verdict.at : undefined,
      before: "work",
    },
  ];
}
