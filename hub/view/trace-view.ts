import { commitUrl, pullRequestUrl, runUrl } from "../../core/azure-devops/urls.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { Journey } from "../data/load-trace.ts";
import { durationText } from "./ago.ts";
import type { Tone } from "./tone.ts";
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

export type HopView = {
  readonly name: string;
  readonly text: string;
  readonly url: string | undefined;
  readonly tone: Tone;
  /** `4 minutes of work`, `6 hours waited`; `not seen` is never left out. */
  readonly took: string;
};

type Step = Omit<HopView, "took"> & {
  /** ISO; undefined: nobody saw it, or it has not come yet. */
  readonly at: string | undefined;
  /** What the time before it was: somebody or something worked, it lay and waited, or who knows. */
  readonly before: "work" | "wait" | "unknown";
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
  const steps = [codeStep(journey, of), ...ciSteps(journey, of), runStep(journey, of)];
  const all = [
    ...steps,
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

function hopOf(step: Step, earlier: readonly Step[], now: number): HopView {
  const { at, before, ...hop } = step;
  const last = earlier.flatMap((one) => one.at ?? []).at(-1);
  if (at === undefined) {
    const open = step.tone === "waiting" || step.tone === "running";
    const since = open && last !== undefined ? ` for ${durationText(now - Date.parse(last))}` : "";
    const word = step.tone === "running" ? "goes on" : "waits";
    return { ...hop, took: open ? `${word}${since}` : "not seen when" };
  }
  if (last === undefined) return { ...hop, took: "" };
  const took = durationText(Math.max(0, Date.parse(at) - Date.parse(last)));
  const texts = { work: `after ${took} of work`, wait: `after waiting ${took}` };
  return { ...hop, took: before === "unknown" ? `after ${took}` : texts[before] };
}

function totalText(steps: readonly Step[]): string {
  const known = steps.flatMap(({ at, before }) => (at === undefined ? [] : [{ at, before }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || steps.at(-1)?.at === undefined) return "";
  const span = (a: string, b: string) => Math.max(0, Date.parse(b) - Date.parse(a));
  const waited = known.reduce((sum, { at, before }, index) => {
    const previous = known[index - 1];
    return before === "wait" && previous !== undefined ? sum + span(previous.at, at) : sum;
  }, 0);
  const all = durationText(span(first.at, last.at));
  const least = steps.some(({ at, before }) => before === "unknown" || at === undefined)
    ? "at least "
    : "";
  return `${all} in all, ${least}${durationText(waited)} of it waiting`;
}
