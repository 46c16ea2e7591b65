import type { Job, Pipeline, Stage } from "./model.ts";
import { PipelineError, type Node } from "./node.ts";
import { readDependencies, readFields, readSomeFields, type Fields } from "./read-fields.ts";
import { onlyJob, readJob } from "./read-job.ts";
import { readResources } from "./read-resources.ts";
import { readVariables } from "./read-variables.ts";
import { demandLinux } from "./read-pool.ts";

// `trigger` and `pr` are read where runs are started; Azure Repos ignores `pr` (documents: PR
// triggers): a build policy does that.
const rootKeys = [
  ...["name", "trigger", "pr", "resources", "variables", "stages", "jobs", "steps", "pool"],
  ...["parameters", "lockBehavior", "appendCommitMessageToRunName", "workspace", "condition"],
  ...["continueOnError", "timeoutInMinutes", "cancelTimeoutInMinutes", "strategy", "dependsOn"],
];
const elsewhere = {
  schedules: "runs start by pushes, by other runs and by people",
  container: "it has no container engine",
  services: "it has no container engine",
  extends: "only the pipeline itself extends a template, no template does",
};

/** Reads an expanded pipeline. @throws PipelineError for anything that the sandbox does not do. */
export function readPipeline(root: Node): Pipeline {
  const fields = readSomeFields(root, { what: "the pipeline", known: rootKeys, elsewhere });
  demandLinux(fields.child("pool"));
  const present = ["stages", "jobs", "steps"].filter((key) => fields.child(key));
  if (present.length > 1) {
    throw new PipelineError(`\`${present.join("` and `")}\` cannot stand together`, root.at);
  }
  if (present.length === 0) {
    throw new PipelineError("a pipeline needs stages, jobs or steps", root.at);
  }
  const lockBehavior = readLock(fields) ?? "runLatest";
  const stages = fields.child("stages")
    ? fields.list("stages").map(readStage)
    : [onlyStage(root, fields.child("jobs") ? readJobs(fields) : [onlyJob(fields)])];
  return {
    name: fields.text("name"),
    resources: readResources(fields.child("resources")),
    variables: readVariables(fields.child("variables")),
    lockBehavior,
    stages,
  };
}

function onlyStage(root: Node, jobs: readonly Job[]): Stage {
  return {
    ...{ at: root.at, name: "__default", displayName: "__default", dependsOn: [], jobs },
    ...{ condition: undefined, variables: [], lockBehavior: undefined },
    manual: false,
    skippable: true,
  };
}

const stageKeys = [
  ...["stage", "displayName", "dependsOn", "condition", "variables", "jobs", "pool"],
  ...["lockBehavior", "trigger", "isSkippable", "templateContext"],
];

function readStage(node: Node): Stage {
  const fields = readFields(node, "a stage", stageKeys);
  demandLinux(fields.child("pool"));
  const name = fields.text("stage") ?? "";
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new PipelineError(`stage name '${name}' may hold only letters, digits and _`, node.at);
  }
  const trigger = fields.text("trigger") ?? "automatic";
  if (!["automatic", "manual"].includes(trigger)) {
    throw new PipelineError(
      `the trigger of a stage is automatic or manual, not ${trigger}`,
      node.at,
    );
  }
  return {
    ...{ at: node.at, name, displayName: fields.text("displayName") ?? name },
    dependsOn: readDependencies(fields),
    condition: fields.text("condition"),
    variables: readVariables(fields.child("variables")),
    lockBehavior: readLock(fields),
    manual: trigger === "manual",
    skippable: fields.flag("isSkippable") ?? true,
    jobs: readJobs(fields),
  };
}

function readJobs(fields: Fields): readonly Job[] {
  return fields.list("jobs").map(readJob);
}

function readLock(fields: Fields) {
  const text = fields.text("lockBehavior");
  if (text === undefined || text === "runLatest" || text === "sequential") return text;
  throw new PipelineError(`lockBehavior is runLatest or sequential, not ${text}`, fields.node.at);
}
