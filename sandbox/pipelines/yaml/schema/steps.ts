import { each, list, map, one, words, type Schema } from "./definition.ts";

const common = {
  ...each("text", "condition", "displayName", "retryCountOnTaskFailure"),
  ...{ continueOnError: "flag", enabled: "flag", env: "text map", target: "target" },
  name: "name",
  timeoutInMinutes: "filled",
};
const power = ["errorActionPreference", "failOnStderr", "ignoreLASTEXITCODE", "workingDirectory"];

/** Keys that a kind of step has of its own, besides those of every step. */
export const stepKeys = {
  script: ["failOnStderr", "workingDirectory"],
  bash: ["failOnStderr", "workingDirectory"],
  powershell: power,
  pwsh: power,
  checkout: [
    ...["clean", "fetchDepth", "fetchFilter", "fetchTags", "lfs", "persistCredentials", "path"],
    ...["submodules", "sparseCheckoutDirectories", "sparseCheckoutPatterns", "workspaceRepo"],
  ],
  download: ["artifact", "path", "patterns"],
  downloadBuild: ["artifact", "path", "patterns"],
  getPackage: ["path"],
  upload: ["artifact"],
  publish: ["artifact"],
  reviewApp: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const kinds = Object.entries(stepKeys).map(([kind, own]) => [
  `${kind} step`,
  map(
    {
      ...common,
      ...each("text", kind, ...own),
      ...(kind === "downloadBuild" ? { inputs: "text map or nothing" } : {}),
    },
    { first: kind },
  ),
]);

export const steps: Schema = {
  steps: { ...list("step"), expressions: true },
  step: one("task step", "template item", ...Object.keys(stepKeys).map((kind) => `${kind} step`)),
  "task step": map({ ...common, task: "filled", inputs: "text map or nothing" }, { first: "task" }),
  ...(Object.fromEntries(kinds) as Schema),
  "template item": map({ template: "filled", parameters: "mapping" }, { first: "template" }),
  target: one("text", "target map"),
  "target map": map({ container: "filled", commands: "commands", settableVariables: "settable" }),
  commands: words("any", "restricted"),
  settable: one("none in any case", "filled texts"),
};
