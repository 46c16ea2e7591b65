// The order of checks is the documents': static ones, approvals, dynamic ones, exclusive lock
// (Define approvals and checks, "Order of evaluation"; research, platform §4.4).
import { addRecord, beginRecord, endRecord } from "../engine/records.ts";
import { tell } from "../engine/tell.ts";
import type { RecordType, Result, Run, TimelineRecord } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import type { Stage } from "../yaml/model.ts";
import { askApproval } from "./approval.ts";
import { waitForAuthorization } from "./authorization.ts";
import { checkBranches } from "./branch-control.ts";
import { checkHours } from "./business-hours.ts";
import { takeLock } from "./exclusive-lock.ts";
import { gatherResources } from "./gather-resources.ts";
import { checkTypes, taskChecks, type CheckConfiguration, type CheckSuite } from "./model.ts";
import { callRestApi } from "./rest-check.ts";
import { runCheck, type AtCheck, type OpenCheck, type Verdict } from "./run-check.ts";

export type Passed = {
  readonly verdict: "passed" | Extract<Result, "failed" | "skipped" | "canceled">;
  /** Gives back the locks that the stage holds. */
  readonly release: () => void;
};

/** Evaluates every check of every resource that the stage uses. */
export async function passCheckpoint(
  state: PipelinesState,
  {
    run,
    stage,
    record,
  }: { readonly run: Run; readonly stage: Stage; readonly record: TimelineRecord },
): Promise<Passed> {
  const checkpoint = addRecord(run, {
    ...{ type: "Checkpoint", name: "Checkpoint", parent: record, order: 0 },
    path: [stage.name, "Checkpoint"],
    attempt: record.attempt,
  });
  const { id } = checkpoint;
  const suite: CheckSuite = { id, run, stage: stage.name, attempt: record.attempt, checkRuns: [] };
  state.suites.push(suite);
  const stop = new AbortController();
  const cancel = () => stop.abort();
  const cancellation = { stage: stage.name, cancel, end: cancel };
  run.cancellations.add(cancellation);
  beginRecord(state, run, checkpoint);
  const at: AtCheck = { run, stage, suite, checkpoint, cancelled: stop.signal };
  const releases: (() => void)[] = [];
  const verdict = await evaluate(state, at, releases);
  run.cancellations.delete(cancellation);
  const result = verdict === "passed" ? "succeeded" : verdict;
  endRecord(state, run, { record: checkpoint, result });
  tell(state, run);
  return { verdict, release: () => releases.forEach((release) => release()) };
}

async function evaluate(
  state: PipelinesState,
  at: AtCheck,
  releases: (() => void)[],
): Promise<Passed["verdict"]> {
  const resources = gatherResources(state, at.run, at.stage);
  if (!(await waitForAuthorization(state, at, resources))) return "canceled";
  const configurations = state.checks.filter(
    ({ project, resource, isDisabled }) =>
      !isDisabled &&
      project === at.run.definition.project &&
      resources.some(({ type, id }) => type === resource.type && id === resource.id),
  );
  const rounds = kinds(state, releases);
  for (const round of rounds) {
    const ours = configurations.flatMap((configuration) => {
      const kind = round.find((one) => one.fits(configuration));
      return kind ? [runCheck(state, at, { configuration, ...kind })] : [];
    });
    const verdicts = await Promise.all(ours);
    const bad = verdicts.find((one) => one !== "approved" && one !== "bypassed");
    if (bad) return stageVerdict(bad);
  }
  const unknown = configurations.find((one) => !rounds.flat().some(({ fits }) => fits(one)));
  if (unknown) throw new Error(`The sandbox does not do the check ${unknown.type.name}.`);
  return "passed";
}

type Kind = {
  readonly fits: (configuration: CheckConfiguration) => boolean;
  readonly type: RecordType;
  readonly evaluate: (open: OpenCheck) => Promise<Verdict>;
};

function kinds(state: PipelinesState, releases: (() => void)[]): readonly (readonly Kind[])[] {
  const task =
    (id: string) =>
    ({ type, settings }: CheckConfiguration) =>
      type.id === checkTypes.task.id && definitionOf(settings) === id;
  const checked = "Checkpoint.TaskCheck";
  return [
    [
      {
        fits: task(taskChecks.branches),
        type: checked,
        evaluate: (open) => checkBranches(state, open),
      },
    ],
    [
      {
        fits: ({ type }) => type.id === checkTypes.approval.id,
        type: "Checkpoint.Approval",
        evaluate: (open) => askApproval(state, open),
      },
    ],
    [
      {
        fits: task(taskChecks.restApi),
        type: checked,
        evaluate: (open) => callRestApi(state, open),
      },
      { fits: task(taskChecks.hours), type: checked, evaluate: (open) => checkHours(state, open) },
    ],
    [
      {
        fits: ({ type }) => type.id === checkTypes.lock.id,
        type: "Checkpoint.ExclusiveLock",
        evaluate: (open) => takeLock(state, open, releases),
      },
    ],
  ];
}

function definitionOf(settings: Readonly<Record<string, unknown>>): string {
  const reference = settings["definitionRef"] as { readonly id?: string } | undefined;
  return (reference?.id ?? "").toLowerCase();
}

// "No decision by the time-out skips the stage, a failed check fails it" (research §4.4).
function stageVerdict(verdict: Verdict): Passed["verdict"] {
  switch (verdict) {
    case "rejected":
      return "failed";
    case "timedOut":
      return "skipped";
    default:
      return "canceled";
  }
}
