// Steps: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/steps
import type { Action, Step, StepLimits } from "./model.ts";
import { shortcutOf } from "./normal/shortcut.ts";
import { entry, PipelineError, type Node } from "./node.ts";
import { readFields, textMap, type Fields } from "./read-fields.ts";

const common = [
  ...["name", "displayName", "condition", "continueOnError", "enabled", "env", "target"],
  ...["timeoutInMinutes", "retryCountOnTaskFailure"],
];
const power = ["errorActionPreference", "failOnStderr", "ignoreLASTEXITCODE", "workingDirectory"];
const own: Readonly<Record<string, readonly string[]>> = {
  script: ["script", "workingDirectory", "failOnStderr"],
  bash: ["bash", "workingDirectory", "failOnStderr"],
  pwsh: ["pwsh", ...power],
  powershell: ["powershell", ...power],
  checkout: [
    ...["checkout", "path", "fetchDepth", "fetchTags", "fetchFilter", "clean", "lfs"],
    ...["persistCredentials", "submodules", "workspaceRepo", "sparseCheckoutDirectories"],
    ...["sparseCheckoutPatterns"],
  ],
  publish: ["publish", "artifact"],
  // The older name of the same.
  upload: ["upload", "artifact"],
  download: ["download", "artifact", "path", "patterns"],
  task: ["task", "inputs"],
};
const elsewhere = {
  getPackage: "it has no feeds",
  downloadBuild: "only Azure Pipelines run here",
  reviewApp: "it has no review apps",
};

export function readSteps(nodes: readonly Node[]): readonly Step[] {
  return nodes
    .map(shortcutOf)
    .map(readStep)
    .filter((step) => step !== undefined);
}

function readStep(node: Node): Step | undefined {
  const kind = Object.keys(own).find((key) => entry(node, key) !== undefined);
  if (!kind) {
    const other = Object.entries(elsewhere).find(([key]) => entry(node, key));
    throw new PipelineError(
      other
        ? `\`${other[0]}\` is not done in the sandbox: ${other[1]}`
        : "the sandbox does not know this kind of step",
      node.at,
    );
  }
  const fields = readFields(node, `a ${kind} step`, [...common, ...(own[kind] ?? [])]);
  if (fields.flag("enabled") === false) return undefined;
  const action = readAction(kind, fields);
  const name = fields.text("name");
  if (name !== undefined && !/^[A-Za-z_][\w]*$/.test(name)) {
    throw new PipelineError(`step name ${name} may hold only letters, digits and _`, node.at);
  }
  return {
    ...{ at: node.at, name, action, limits: readLimits(fields.child("target")) },
    displayName: fields.text("displayName") ?? defaultName(action),
    condition: fields.text("condition"),
    continueOnError: fields.text("continueOnError"),
    timeoutInMinutes: fields.text("timeoutInMinutes"),
    retryCountOnTaskFailure: fields.text("retryCountOnTaskFailure"),
    env: textMap(fields.map("env")),
  };
}

function readLimits(node: Node | undefined): StepLimits | undefined {
  if (!node) return undefined;
  if (node.kind === "scalar") {
    if (node.value === "host") return undefined;
    throw new PipelineError("the sandbox has no containers to run a step in", node.at);
  }
  const fields = readFields(node, "target", ["container", "commands", "settableVariables"]);
  if (![undefined, "host"].includes(fields.text("container"))) {
    throw new PipelineError("the sandbox has no containers to run a step in", node.at);
  }
  const settable = fields.texts("settableVariables");
  return {
    restrictedCommands: fields.text("commands") === "restricted",
    settableVariables: settable?.length === 1 && settable[0] === "none" ? [] : settable,
  };
}

function readAction(kind: string, fields: Fields): Action {
  switch (kind) {
    case "script":
    case "bash":
    case "pwsh":
    case "powershell":
      return {
        kind: "script",
        shell: kind === "bash" ? "bash" : kind === "script" ? "cmdline" : "pwsh",
        text: fields.text(kind) ?? "",
        folder: fields.text("workingDirectory"),
        failOnStderr: fields.flag("failOnStderr") ?? false,
        errorAction: kind.startsWith("p") ? fields.text("errorActionPreference") : undefined,
        ignoreExitCode: kind.startsWith("p") ? (fields.flag("ignoreLASTEXITCODE") ?? false) : false,
      };
    case "checkout":
      return readCheckout(fields);
    case "publish":
    case "upload":
      return {
        kind: "publish",
        path: fields.text(kind) ?? "",
        artifact: fields.text("artifact") ?? "drop",
      };
    case "download":
      return {
        kind: "download",
        source: fields.text("download") ?? "current",
        artifact: fields.text("artifact"),
        patterns: fields.text("patterns"),
        path: fields.text("path"),
      };
    default:
      return readTask(fields);
  }
}

function readCheckout(fields: Fields): Action {
  for (const key of ["sparseCheckoutDirectories", "sparseCheckoutPatterns", "lfs"]) {
    if (fields.child(key) && fields.text(key) !== "false") {
      throw new PipelineError(`\`${key}\` of a checkout is not done here`, fields.node.at);
    }
  }
  return {
    kind: "checkout",
    repository: fields.text("checkout") ?? "self",
    path: fields.text("path"),
    fetchDepth: fields.text("fetchDepth"),
    fetchTags: fields.flag("fetchTags") ?? true,
    fetchFilter: fields.text("fetchFilter"),
    submodules: fields.text("submodules"),
    persistCredentials: fields.flag("persistCredentials") ?? false,
  };
}

function readTask(fields: Fields): Action {
  const reference = fields.text("task") ?? "";
  const [, task = "", version = ""] = /^([^@]+)@(\d+)(?:\.[\d.]+)?$/.exec(reference) ?? [];
  if (task === "") {
    throw new PipelineError(`${reference} needs a major version, as in Task@1`, fields.node.at);
  }
  return { kind: "task", task, version: Number(version), inputs: textMap(fields.map("inputs")) };
}

function defaultName(action: Action): string {
  switch (action.kind) {
    case "script":
      return { cmdline: "CmdLine", bash: "Bash", pwsh: "PowerShell" }[action.shell];
    case "checkout":
      return `Checkout ${action.repository}`;
    case "publish":
      return "PublishPipelineArtifact";
    case "download":
      return "DownloadPipelineArtifact";
    case "task":
      return action.task;
  }
}
