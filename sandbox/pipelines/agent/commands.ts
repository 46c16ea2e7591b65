// Logging commands: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
import { readFile } from "node:fs/promises";
import { setVariable } from "../engine/variables.ts";
import type { Result } from "../state.ts";
import { publishArtifact } from "./artifacts.ts";
import { say, type StepContext } from "./step-context.ts";

export type Command = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

/** `##vso[area.action name=value;…]data`, unescaped; undefined for any other line. */
export function parseCommand(line: string): Command | undefined {
  const match = /##vso\[([\w.]+)\s*([^\]]*)\](.*)$/.exec(line);
  if (!match) return undefined;
  const [, name = "", list = "", data = ""] = match;
  const properties: Record<string, string> = {};
  for (const pair of list.split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0) {
      properties[pair.slice(0, equals).trim().toLowerCase()] = unescape(pair.slice(equals + 1));
    }
  }
  return { name: name.toLowerCase(), properties, data: unescape(data) };
}

/** Does what the command says; returns the result that `task.complete` sets. */
export async function applyCommand(
  context: StepContext,
  { name, properties, data }: Command,
): Promise<Result | undefined> {
  switch (name) {
    case "task.setvariable":
      assign(context, properties, data);
      return undefined;
    case "task.setsecret":
      if (data !== "") context.run.secrets.add(data);
      return undefined;
    // task-lib's own name for it.
    case "task.issue":
    case "task.logissue": {
      const type = properties["type"] === "warning" ? "warning" : "error";
      context.taskRecord.issues.push({ type, message: data });
      say(context, `##[${type}]${data}`);
      return undefined;
    }
    case "task.complete":
      if (data !== "" && !context.taskRecord.issues.some(({ message }) => message === data)) {
        say(context, data);
      }
      return resultOf(properties["result"]);
    case "task.setprogress":
      context.taskRecord.percentComplete = Number(properties["value"] ?? 0);
      return undefined;
    case "task.debug":
      return undefined;
    case "task.uploadsummary":
      say(context, "Summary:", ...(await readFile(data, "utf8")).split("\n"));
      return undefined;
    case "task.addattachment":
    case "task.uploadfile":
      return undefined;
    case "artifact.upload":
      await publishArtifact(context, {
        path: data,
        artifact: properties["artifactname"] ?? properties["containerfolder"] ?? "drop",
      });
      return undefined;
    case "build.addbuildtag":
      context.run.tags.add(data);
      return undefined;
    case "build.updatebuildnumber":
      return undefined;
    default:
      say(context, `##[warning]The sandbox does not know the command ${name}`);
      return undefined;
  }
}

function assign(
  { variables, run, stage, job, step }: StepContext,
  properties: Readonly<Record<string, string>>,
  value: string,
): void {
  const name = properties["variable"] ?? "";
  const isSecret = properties["issecret"]?.toLowerCase() === "true";
  if (isSecret && value !== "") run.secrets.add(value);
  setVariable(variables, name, { value, isSecret });
  if (properties["isoutput"]?.toLowerCase() !== "true") return;
  const stepName = step.name ?? "";
  setVariable(variables, `${stepName}.${name}`, { value, isSecret });
  const jobs = run.outputs.get(stage.name) ?? new Map<string, Map<string, string>>();
  const outputs = jobs.get(job.name) ?? new Map<string, string>();
  outputs.set(`${stepName}.${name}`, value);
  // Outputs of a deployment job carry the job's name (documents: runOnce).
  if (job.kind === "deployment") outputs.set(`${job.name}.${stepName}.${name}`, value);
  run.outputs.set(stage.name, jobs.set(job.name, outputs));
}

function resultOf(word: string | undefined): Result | undefined {
  switch (word?.toLowerCase()) {
    case "succeeded":
      return "succeeded";
    case "succeededwithissues":
      return "succeededWithIssues";
    case "failed":
      return "failed";
    case "canceled":
      return "canceled";
    case "skipped":
      return "skipped";
    default:
      return undefined;
  }
}

function unescape(text: string): string {
  return text
    .replaceAll("%3B", ";")
    .replaceAll("%5D", "]")
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%AZP25", "%");
}
