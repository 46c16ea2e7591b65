// https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/manual-validation-v1
import type { Approval } from "../checks/model.ts";
import { say, type StepContext } from "../engine/job-context.ts";
import { tell } from "../engine/tell.ts";
import type { Result } from "../run.ts";
import { nowOf } from "../state.ts";

/**
 * Waits until somebody resumes or rejects. UNVERIFIED by which call the portal does that; here it
 * is an approval with the task's record id.
 */
export async function validateManually(
  context: StepContext,
  inputs: Readonly<Record<string, string>>,
): Promise<Result> {
  const { state, run, stage, taskRecord, signal } = context;
  const given = (name: string) =>
    Object.entries(inputs).find(([key]) => key.toLowerCase() === name)?.[1] ?? "";
  const now = nowOf(state);
  say(context, given("instructions"));
  taskRecord.state = "pending";
  return new Promise<Result>((resolve) => {
    const approval: Approval = {
      ...{ id: taskRecord.id, run, stage: stage.name, record: taskRecord, steps: [], blocked: [] },
      ...{ minRequired: 1, inSequence: false, instructions: given("instructions") },
      ...{ createdOn: now, lastModifiedOn: now, status: "pending" },
      end: (status) => {
        if (approval.status !== "pending") return;
        approval.status = status;
        approval.lastModifiedOn = nowOf(state);
        run.waiting.delete(taskRecord.id);
        resolve(status === "approved" ? "succeeded" : "failed");
      },
    };
    // A retried or repeated run asks anew: of those with one id only the newest counts.
    state.approvals.push(approval);
    run.waiting.set(taskRecord.id, {
      complete: (result) => approval.end(result === "succeeded" ? "approved" : "rejected"),
      heard: () => {},
    });
    signal.addEventListener(
      "abort",
      () => {
        const resumes =
          given("ontimeout").toLowerCase() === "resume" && !context.time.asked.aborted;
        approval.end(resumes ? "approved" : "timedOut");
      },
      { once: true },
    );
    tell(state, run);
  });
}
