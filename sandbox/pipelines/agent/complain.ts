import { say, type StepContext } from "../engine/job-context.ts";
import { addIssue } from "../engine/records.ts";

/** Tells of a fault in the step's log and among its issues. */
export function complain(context: StepContext, type: "error" | "warning", message: string): void {
  addIssue(context.run, context.taskRecord, { type, message });
  say(context, `##[${type}]${message}`);
}
