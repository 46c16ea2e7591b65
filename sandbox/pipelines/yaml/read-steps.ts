import type { Action, Step } from "./model.ts";
import { PipelineError, type Entry, type Node } from "./node.ts";
import { readFields, type Fields } from "./read-fields.ts";

const common = [
  ...["name", "displayName", "condition", "continueOnError", "enabled", "env"],
  ...["timeoutInMinutes", "retryCountOnTaskFailure"],
];
const own: Readonly<Record<string, readonly string[]>> = {
  script: ["script", "workingDirectory", "failOnStderr"],
  bash: ["bash", "workingDirectory", "failOnStderr", "targetType"],
  checkout: ["checkout", "path", "fetchDepth", "fetchTags", "clean", "persistCredentials", "lfs"],
  publish: ["publish", "artifact"],
  download: ["download", "artifact", "path", "patterns"],
  task: ["task", "inputs"],
};

export function readSteps(nodes: readonly Node[]): readonly Step[] {
  return nodes.map(readStep).filter((step) => step !== undefined);
}

function readStep(node: Node): Step | undefined {
  const kind = Object.keys(own).find(
    (key) => node.kind === "map" && node.entries.some((one) => one.key === key),
  );
  if (!kind) throw new PipelineError("the sandbox does not know this kind of step", node.at);
  const fields = readFields(node, `a ${kind} step`, [...common, ...(own[kind] ?? [])]);
  if (fields.text("enabled")?.toLowerCase() === "false") return undefined;
  const action = readAction(kind, fields);
  const minutes = fields.text("timeoutInMinutes");
  return {
    at: node.at,
    name: fields.text("name"),
    displayName: fields.text("displayName") ?? defaultName(action),
    condition: fields.text("condition"),
    continueOnError: fields.text("continueOnError")?.toLowerCase() === "true",
    timeoutInMinutes: minutes === undefined ? undefined : Number(minutes),
    env: textMap(fields.map("env")),
    action,
  };
}

function readAction(kind: string, fields: Fields): Action {
  switch (kind) {
    case "script":
    case "bash":
      return {
        kind: "script",
        shell: "bash",
        text: fields.text(kind) ?? "",
        folder: fields.text("workingDirectory"),
      };
    case "checkout":
      return {
        kind: "checkout",
        repository: fields.text("checkout") ?? "self",
        path: fields.text("path"),
      };
    case "publish":
      return {
        kind: "publish",
        path: fields.text("publish") ?? "",
        artifact: fields.text("artifact") ?? "drop",
      };
    case "download":
      return {
        kind: "download",
        source: fields.text("download") ?? "current",
        artifact: fields.text("artifact"),
        path: fields.text("path"),
      };
    default: {
      const reference = fields.text("task") ?? "";
      const [, task = "", version = ""] = /^([^@]+)@(\d+)$/.exec(reference) ?? [];
      if (task === "") {
        throw new PipelineError(`${reference} needs a major version, as in Task@1`, fields.node.at);
      }
      return {
        kind: "task",
        task,
        version: Number(version),
        inputs: textMap(fields.map("inputs")),
      };
    }
  }
}

function textMap(entries: readonly Entry[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries.map(({ key, value }) => [
      key,
      value.kind === "scalar" && value.value !== null ? String(value.value) : "",
    ]),
  );
}

function defaultName(action: Action): string {
  switch (action.kind) {
    case "script":
      return "Bash";
    case "checkout":
      return `Checkout ${action.repository}`;
    case "publish":
      return `Publish artifact ${action.artifact}`;
    case "download":
      return "Download artifacts";
    case "task":
      return action.task;
  }
}
