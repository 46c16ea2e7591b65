import { guidOf } from "../../azure-devops/guid.ts";
import { addIssue, addRecord, beginRecord, endRecord, logLines } from "../engine/records.ts";
import { tell } from "../engine/tell.ts";
import type { RecordType, Result, Run, TimelineRecord } from "../run.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import type { Stage } from "../yaml/model.ts";
import type { CheckConfiguration, CheckRun, CheckSuite } from "./model.ts";

export type Verdict = "approved" | "rejected" | "timedOut" | "canceled" | "bypassed";

/** A check while it is open. */
export type OpenCheck = {
  readonly run: Run;
  readonly stage: Stage;
  readonly suite: CheckSuite;
  readonly configuration: CheckConfiguration;
  readonly record: TimelineRecord;
  /** Aborted when it is over, however that came. */
  readonly signal: AbortSignal;
  /** Writes into the check's log. */
  readonly say: (...lines: readonly string[]) => void;
};

export type AtCheck = {
  readonly run: Run;
  readonly stage: Stage;
  readonly suite: CheckSuite;
  readonly checkpoint: TimelineRecord;
  readonly cancelled: AbortSignal;
};

/**
 * Records a check and evaluates it; ends by what it says, by its time-out, when the stage is
 * cancelled, or when an administrator lets the stage pass.
 */
export async function runCheck(
  state: PipelinesState,
  at: AtCheck,
  check: {
    readonly configuration: CheckConfiguration;
    readonly type: RecordType;
    readonly evaluate: (open: OpenCheck) => Promise<Verdict>;
  },
): Promise<Verdict> {
  const { run, stage, suite, checkpoint, cancelled } = at;
  const { configuration, type, evaluate } = check;
  const record = addRecord(run, {
    ...{ type, name: type, parent: checkpoint, attempt: suite.attempt },
    path: [stage.name, "Checkpoint", type.replace("Checkpoint.", ""), String(configuration.id)],
    order: suite.checkRuns.length + 1,
  });
  beginRecord(state, run, record);
  const over = new AbortController();
  const say = (...lines: readonly string[]) => logLines(state, { run, record }, lines);
  let checkRun: CheckRun | undefined;
  const verdict = await new Promise<Verdict>((resolve) => {
    checkRun = {
      ...{ id: guidOf("check-run", record.id), configuration, record, message: "" },
      ...{ createdDate: nowOf(state), status: "running", completedDate: undefined },
      bypass: () => resolve("bypassed"),
    };
    suite.checkRuns.push(checkRun);
    const forget = state.organisation.clock.after(configuration.timeout * 60_000, () =>
      resolve("timedOut"),
    );
    const cancel = () => resolve("canceled");
    if (cancelled.aborted) cancel();
    cancelled.addEventListener("abort", cancel, { once: true });
    over.signal.addEventListener("abort", () => {
      forget();
      cancelled.removeEventListener("abort", cancel);
    });
    tell(state, run);
    evaluate({ run, stage, suite, configuration, record, signal: over.signal, say }).then(
      resolve,
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        if (checkRun) checkRun.message = message;
        addIssue(run, record, { type: "error", message });
        say(`##[error]${message}`);
        resolve("rejected");
      },
    );
  });
  over.abort();
  if (checkRun) {
    checkRun.status = verdict;
    checkRun.completedDate = nowOf(state);
  }
  endRecord(state, run, { record, result: resultOf(verdict) });
  tell(state, run);
  return verdict;
}

function resultOf(verdict: Verdict): Result {
  switch (verdict) {
    case "approved":
    case "bypassed":
      return "succeeded";
    case "rejected":
      return "failed";
    case "timedOut":
      return "skipped";
    case "canceled":
      return "canceled";
  }
}
