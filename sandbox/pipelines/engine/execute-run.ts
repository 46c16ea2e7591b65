import type { Run, TimelineRecord } from "../run.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import type { Stage } from "../yaml/model.ts";
import { executeStage } from "./execute-stage.ts";
import { inOrder } from "./in-order.ts";
import { addIssue, addRecord, endRecord, logLines } from "./records.ts";
import { runResult } from "./results.ts";
import { tell } from "./tell.ts";

/** Runs every stage that has no result yet, in the order of dependencies, and ends the run. */
export async function executeRun(state: PipelinesState, run: Run): Promise<void> {
  const stages = run.pipeline?.stages ?? [];
  if (run.status !== "cancelling") run.status = "inProgress";
  run.startTime ??= nowOf(state);
  const records = new Map(
    stages
      .filter(({ name }) => !run.stageResults.has(name))
      .map((stage) => [stage.name, stageRecord(run, stage, stages.indexOf(stage))]),
  );
  tell(state, run);
  await inOrder(stages, run.stageResults, async (stage, before) => {
    const record = records.get(stage.name);
    if (!record) return "skipped";
    return executeStage(state, { run, stage, record, before }).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      addIssue(run, record, { type: "error", message });
      logLines(state, { run, record }, [`##[error]${message}`]);
      endRecord(state, run, { record, result: "failed" });
      return "failed" as const;
    });
  });
  run.status = "completed";
  run.result = runResult([...run.stageResults.values()]);
  run.finishTime = nowOf(state);
  tell(state, run);
}

function stageRecord(run: Run, stage: Stage, index: number): TimelineRecord {
  return addRecord(run, {
    ...{ type: "Stage", path: [stage.name], name: stage.displayName, parent: undefined },
    order: index + 1,
    attempt: run.attempts.get(stage.name) ?? 1,
  });
}
