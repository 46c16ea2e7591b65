// `##vso[task.…]`: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands, and
// what the open agent refuses (azure-pipelines-agent: TaskCommandExtension).
import { basename } from "node:path";
import { say, type StepContext } from "../engine/job-context.ts";
import { addIssue } from "../engine/records.ts";
import { addSecret } from "../engine/secrets.ts";
import { tell } from "../engine/tell.ts";
import type { Result } from "../run.ts";
import type { Acts } from "./act.ts";
import { assignVariable } from "./assign-variable.ts";
import { attachFile } from "./attach-file.ts";
import { complain } from "./complain.ts";
import { logDetail } from "./log-detail.ts";
import type { Command } from "./parse-command.ts";
import { setEndpoint } from "./set-endpoint.ts";
import { percentOf } from "./whole-number.ts";

export const taskCommands: Acts = {
  logissue: logIssue,
  // task-lib's own name for it.
  issue: logIssue,
  setprogress: setProgress,
  logdetail: logDetail,
  complete,
  setsecret: ({ run }, { data }) => addSecret(run, data),
  setvariable: (context, { properties, data }) => assignVariable(context, properties, data),
  // Known to the task alone that says it, when it runs again after the job: none here does.
  settaskvariable: (_, { properties }) => {
    if (properties["variable"]) return;
    throw new Error("Required field 'variable' is missing in ##vso[task.settaskvariable] command.");
  },
  addattachment: (context, { properties, data }) =>
    attachFile(context, {
      ...{ type: properties["type"] ?? "", name: properties["name"] ?? "", path: data },
    }),
  debug: (context, { data }) => {
    if (context.variables.get("system.debug")?.value.toLowerCase() === "true") {
      say(context, `##[debug]${data}`);
    }
  },
  uploadsummary: (context, { data }) => attachNamed(context, data, "Summary"),
  uploadfile: (context, { data }) => attachNamed(context, data, "FileAttachment"),
  setendpoint: setEndpoint,
  prependpath: ({ paths }, { data }) => {
    if (data === "") throw new Error("##vso[task.prependpath] needs a path.");
    const known = paths.indexOf(data);
    if (known !== -1) paths.splice(known, 1);
    paths.unshift(data);
  },
};

function logIssue(context: StepContext, { properties, data }: Command): void {
  const { type: given } = properties;
  if (given === undefined) {
    complain(context, "warning", "Can't create TaskIssue from logging event.");
    return;
  }
  const type = given.toLowerCase();
  if (type !== "warning" && type !== "error") {
    throw new Error(`issue type ${given} is not an expected issue type.`);
  }
  const { sourcepath, linenumber = "", columnnumber = "", code = "" } = properties;
  const message =
    sourcepath === undefined
      ? data
      : `${sourcepath}(${linenumber},${columnnumber}): ${given} ${code}: ${data}`;
  addIssue(context.run, context.taskRecord, { type, message, data: properties });
  if (message !== "") say(context, `##[${type}]${message}`);
}

const results: Readonly<Record<string, Result>> = {
  ...{ Succeeded: "succeeded", SucceededWithIssues: "succeededWithIssues", Failed: "failed" },
  ...{ Canceled: "canceled", Skipped: "skipped", Abandoned: "abandoned" },
};

// The word's case counts.
function complete(context: StepContext, { properties, data }: Command): Result {
  const word = properties["result"] ?? "";
  const result = Object.hasOwn(results, word) ? results[word] : undefined;
  if (!result) throw new Error("Command doesn't have valid result value.");
  if (data !== "" && !context.taskRecord.issues.some(({ message }) => message === data)) {
    say(context, data);
  }
  return result;
}

function setProgress({ state, run, taskRecord }: StepContext, { properties, data }: Command): void {
  const value = percentOf(properties["value"]) ?? 0;
  taskRecord.percentComplete = Math.max(value, taskRecord.percentComplete ?? 0);
  taskRecord.currentOperation = data || taskRecord.currentOperation;
  tell(state, run);
}

function attachNamed(context: StepContext, path: string, kind: string): Promise<void> {
  return attachFile(context, {
    ...{ type: `Distributedtask.Core.${kind}`, name: basename(path), path },
  });
}
