import { list, map, one, words, type Schema } from "./definition.ts";

const root = {
  ...{ name: "text with expressions", appendCommitMessageToRunName: "flag", trigger: "trigger" },
  ...{ parameters: "root parameters", pr: "pr", schedules: "schedules", resources: "resources" },
  variables: "variables",
  lockBehavior: "lock",
};
// What the only job of a pipeline says of itself is expanded as in any other job (documents: Variable
// templates, `pool: { vmImage: ${{ variables.vmImage }} }` beside `steps`).
const job = {
  ...{ strategy: "strategy", continueOnError: "text with expressions", pool: "pool" },
  ...{ container: "container", services: "services", workspace: "workspace", steps: "steps" },
};
const extending = { trigger: "trigger", resources: "resources", parameters: "parameter list" };
const extended = { ...extending, variables: "variables" };
const file = (kind: string) => map({ parameters: "parameters", [kind]: kind });

/** Whole files: a pipeline, and what templates of each kind hold. */
export const files: Schema = {
  pipeline: one(
    "pipeline of stages",
    "pipeline of jobs",
    "pipeline of steps",
    "pipeline by template",
    ...["pipeline of phases", "pipeline on a queue", "pipeline on the server"],
  ),
  "pipeline of stages": map({ ...root, stages: "stages", pool: "pool" }),
  "pipeline of jobs": map({ ...root, jobs: "jobs", pool: "pool" }),
  "pipeline of steps": map({ ...root, ...job }),
  "pipeline by template": map({ ...root, extends: "extends", pool: "pool" }),
  "pipeline of phases": map({ ...root, phases: "phases" }),
  "pipeline on a queue": map({ ...root, continueOnError: "text", queue: "queue", steps: "steps" }),
  "pipeline on the server": map({
    ...{ ...root, continueOnError: "text", server: "server target", steps: "steps" },
  }),
  extends: {
    ...map({ template: "filled", parameters: "mapping" }, { required: ["template"] }),
    expressions: true,
  },
  "extended template": one(
    ...["extended stages", "extended jobs", "extended steps", "extended template again"],
  ),
  "extended stages": map({ ...extended, stages: "stages" }),
  "extended jobs": map({ ...extended, jobs: "jobs" }),
  "extended steps": map({ ...extended, steps: "steps" }),
  "extended template again": map({ ...extending, extends: "extends" }),
  "steps template": file("steps"),
  "jobs template": file("jobs"),
  "phases template": one("template of phases", "jobs template"),
  "template of phases": file("phases"),
  "stages template": file("stages"),
  "variables template": file("variables"),
  variables: { ...one("variable map", "variable list"), expressions: true },
  "variable map": map({}, { others: "text" }),
  "variable list": list("variable"),
  variable: one("variable value", "variable group", "template item"),
  "variable value": map({ name: "filled", value: "text", readonly: "flag" }, { first: "name" }),
  "variable group": map({ group: "filled" }, { first: "group" }),
  "root parameters": list("root parameter"),
  "root parameter": map(
    {
      ...{ name: "filled", displayName: "text", type: "root parameter type", default: "any" },
      values: "filled texts",
    },
    { first: "name" },
  ),
  "root parameter type": words(
    ...["boolean", "container", "containerList", "deployment", "deploymentList", "environment"],
    ...["filePath", "job", "jobList", "number", "object", "pool", "secureFile"],
    ...["serviceConnection", "stage", "stageList", "step", "stepList", "string", "stringList"],
  ),
  parameters: one("parameter list", "mapping"),
  "parameter list": list("parameter"),
  parameter: map(
    {
      ...{ name: "filled", displayName: "text", type: "parameter type", default: "any" },
      values: "filled texts",
    },
    { first: "name" },
  ),
  "parameter type": words(
    ...["boolean", "container", "containerList", "deployment", "deploymentList", "job", "jobList"],
    ...["legacyObject", "number", "object", "stage", "stageList", "step", "stepList", "string"],
    "stringList",
  ),
};
