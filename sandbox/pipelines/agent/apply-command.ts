// Logging commands: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { say, type StepContext } from "../engine/job-context.ts";
import { addIssue } from "../engine/records.ts";
import { addSecret } from "../engine/secrets.ts";
import { tell } from "../engine/tell.ts";
import type { Result } from "../run.ts";
import { publishArtifact } from "./artifacts.ts";
import { assignVariable } from "./assign-variable.ts";
import { demandOneLine } from "./demand-one-line.ts";
import { logDetail } from "./log-detail.ts";
import type { Command } from "./parse-command.ts";

// What a step with `target: { commands: restricted }` may still say (documents: step targets).
const harmless = ["task.debug", "task.setprogress", "task.logdetail", "task.logissue"];
const restricted = [...harmless, "task.complete", "task.issue", "task.setvariable"];

/**
 * Does what the command says; returns the result that `task.complete` sets.
 * @throws for a command that cannot be done: that fails the step.
 */
export async function applyCommand(
  context: StepContext,
  command: Command,
): Promise<Result | undefined> {
  const { name, properties, data } = command;
  if (context.step.limits?.restrictedCommands && !restricted.includes(name)) {
    say(context, `##[warning]${name} is not allowed in this step: its commands are restricted.`);
    return undefined;
  }
  switch (name) {
    case "task.setvariable":
      assignVariable(context, properties, data);
      return undefined;
    case "task.setsecret":
      demandOneLine(context, data);
      addSecret(context.run, data);
      return undefined;
    // task-lib's own name for it.
    case "task.issue":
    case "task.logissue":
      logIssue(context, command);
      return undefined;
    case "task.complete":
      return complete(context, command);
    case "task.setprogress":
      context.taskRecord.percentComplete = Number(properties["value"] ?? 0);
      context.taskRecord.currentOperation = data || context.taskRecord.currentOperation;
      tell(context.state, context.run);
      return undefined;
    case "task.debug":
      if (context.variables.get("system.debug")?.value.toLowerCase() === "true") {
        say(context, `##[debug]${data}`);
      }
      return undefined;
    case "task.logdetail":
      logDetail(context, command);
      return undefined;
    case "task.setendpoint":
      return setEndpoint(context, command);
    case "task.prependpath":
      if (data === "") throw new Error("##vso[task.prependpath] needs a path.");
      context.paths.unshift(data);
      return undefined;
    case "task.uploadsummary":
      return attach(context, { type: "Distributedtask.Core.Summary", path: data });
    case "task.addattachment":
      return attach(context, {
        ...{ type: properties["type"] ?? "", path: data, name: properties["name"] ?? "" },
      });
    case "task.uploadfile":
      return attach(context, { type: "Distributedtask.Core.FileAttachment", path: data });
    case "artifact.upload":
      await publishArtifact(context, {
        path: data,
        artifact: properties["artifactname"] ?? properties["containerfolder"] ?? "",
        type: "Container",
      });
      return undefined;
    case "artifact.associate":
      return associate(context, command);
    case "build.addbuildtag":
      if (data.trim() !== "") context.run.tags.add(data.trim());
      return undefined;
    case "build.updatebuildnumber":
      context.run.buildNumber = data;
      tell(context.state, context.run);
      return undefined;
    case "build.uploadlog":
      return attach(context, { type: "Distributedtask.Core.Log", path: data });
    case "release.updatereleasename":
      throw new Error("##vso[release.updatereleasename] is of releases, not of pipelines.");
    default:
      // As the agent: an unknown command is told of and does not fail the step.
      say(context, `##[warning]Can't find command extension for ##vso[${name}].`);
      return undefined;
  }
}

function logIssue(context: StepContext, { properties, data }: Command): void {
  const type = properties["type"]?.toLowerCase();
  if (type !== "warning" && type !== "error") {
    throw new Error("##vso[task.logissue] needs type=error or type=warning.");
  }
  addIssue(context.run, context.taskRecord, { type, message: data, data: properties });
  const { sourcepath, linenumber, columnnumber } = properties;
  const place = sourcepath ? `${sourcepath}(${linenumber ?? 0},${columnnumber ?? 0}): ` : "";
  say(context, `##[${type}]${place}${data}`);
}

function complete(context: StepContext, { properties, data }: Command): Result | undefined {
  if (data !== "" && !context.taskRecord.issues.some(({ message }) => message === data)) {
    say(context, data);
  }
  switch (properties["result"]?.toLowerCase()) {
    case "succeeded":
      return "succeeded";
    case "succeededwithissues":
      return "succeededWithIssues";
    case "failed":
      return "failed";
    case "canceled":
    case "cancelled":
      return "canceled";
    case "skipped":
      return "skipped";
    default:
      return undefined;
  }
}

function setEndpoint(context: StepContext, { properties, data }: Command): undefined {
  const { id = "", field = "", key = "" } = properties;
  if (id === "" || !["authParameter", "dataParameter", "url"].includes(field)) {
    throw new Error("##vso[task.setendpoint] needs id and field=authParameter|dataParameter|url.");
  }
  if (field === "authParameter") addSecret(context.run, data);
  const name = { authParameter: "AUTH_PARAMETER", dataParameter: "DATA", url: "URL" }[field] ?? "";
  const suffix = field === "url" ? "" : `_${key.toUpperCase()}`;
  context.endpointFields.set(`ENDPOINT_${name}_${id}${suffix}`, data);
  return undefined;
}

async function attach(
  { run, taskRecord }: StepContext,
  given: { readonly type: string; readonly path: string; readonly name?: string },
): Promise<undefined> {
  const { type, path, name = basename(path) } = given;
  if (type === "" || name === "" || path === "") {
    throw new Error("An attachment needs type, name and the path of a file.");
  }
  const bytes = await readFile(path).catch(() => {
    throw new Error(`Cannot upload ${path}: there is no such file.`);
  });
  run.attachments.push({ recordId: taskRecord.id, type, name, bytes });
  return undefined;
}

function associate({ run, record }: StepContext, { properties, data }: Command): undefined {
  const name = properties["artifactname"] ?? "";
  const type = properties["type"] ?? "";
  if (name === "" || type === "") {
    throw new Error("##vso[artifact.associate] needs artifactname and type.");
  }
  const id = run.artifacts.get(name)?.id ?? run.artifacts.size + 1;
  run.artifacts.set(name, { id, folder: undefined, type, data, source: record.id });
  return undefined;
}
