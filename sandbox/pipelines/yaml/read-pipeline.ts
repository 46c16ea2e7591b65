import { PipelineError, type Node, type Place } from "./node.ts";
import type { Job, Pipeline, Stage, Step, Variable } from "./model.ts";
import { readFields, type Fields } from "./read-fields.ts";
import { readResources, readTrigger } from "./read-resources.ts";
import { readSteps } from "./read-steps.ts";

const rootKeys = [
  ...["name", "trigger", "pr", "resources", "variables", "stages", "jobs", "steps", "pool"],
  ...["parameters", "lockBehavior", "appendCommitMessageToRunName"],
];

/** Reads an expanded pipeline. @throws PipelineError for anything that the sandbox does not do. */
export function readPipeline(root: Node): Pipeline {
  const fields = readFields(root, "the pipeline", rootKeys);
  const stages = fields.child("stages")
    ? fields.list("stages").map(readStage)
    : [onlyStage(fields.child("jobs") ? fields.list("jobs").map(readJob) : [onlyJob(fields)])];
  return {
    name: fields.text("name"),
    resources: readResources(fields.child("resources")),
    trigger: readTrigger(fields.child("trigger")),
    variables: readVariables(fields.child("variables")),
    stages,
  };
}

function onlyStage(jobs: readonly Job[]): Stage {
  return {
    name: "__default",
    displayName: "__default",
    dependsOn: [],
    condition: undefined,
    variables: [],
    jobs,
  };
}

function onlyJob(fields: Fields): Job {
  return {
    ...{ name: "Job", displayName: "Job", dependsOn: [], condition: undefined, variables: [] },
    ...{ kind: "agent", timeoutInMinutes: undefined, environment: undefined, uses: [] },
    steps: withCheckout(readSteps(fields.list("steps")), fields.node.at),
  };
}

// A job on an agent begins with the sources unless it says something else.
function withCheckout(steps: readonly Step[], at: Place): readonly Step[] {
  if (steps.some(({ action }) => action.kind === "checkout")) return steps;
  const checkout: Step = {
    ...{ at, name: undefined, displayName: "Checkout self", condition: undefined, env: {} },
    ...{ continueOnError: false, timeoutInMinutes: undefined },
    action: { kind: "checkout", repository: "self", path: undefined },
  };
  return [checkout, ...steps];
}

function readStage(node: Node): Stage {
  const known = ["stage", "displayName", "dependsOn", "condition", "variables", "jobs", "pool"];
  const fields = readFields(node, "a stage", known);
  const name = fields.text("stage") ?? "";
  return {
    name,
    displayName: fields.text("displayName") ?? name,
    dependsOn: fields.texts("dependsOn"),
    condition: fields.text("condition"),
    variables: readVariables(fields.child("variables")),
    jobs: fields.list("jobs").map(readJob),
  };
}

function readJob(node: Node): Job {
  const fields = readFields(node, "a job", [
    ...["job", "deployment", "displayName", "dependsOn", "condition", "variables", "pool", "steps"],
    ...[
      "timeoutInMinutes",
      "cancelTimeoutInMinutes",
      "environment",
      "strategy",
      "uses",
      "workspace",
    ],
    "continueOnError",
  ]);
  const deployment = fields.text("deployment");
  const name = deployment ?? fields.text("job") ?? "";
  const server = poolOf(fields) === "server";
  if (deployment !== undefined && server) {
    throw new PipelineError("a deployment job on pool: server is not done here", node.at);
  }
  const minutes = fields.text("timeoutInMinutes");
  return {
    name,
    displayName: fields.text("displayName") ?? name,
    dependsOn: fields.texts("dependsOn") ?? [],
    condition: fields.text("condition"),
    variables: readVariables(fields.child("variables")),
    kind: deployment !== undefined ? "deployment" : server ? "server" : "agent",
    timeoutInMinutes: minutes === undefined ? undefined : Number(minutes),
    environment: readEnvironment(fields),
    uses: readUses(fields.child("uses")),
    steps:
      deployment !== undefined
        ? deploySteps(fields)
        : server
          ? readSteps(fields.list("steps"))
          : withCheckout(readSteps(fields.list("steps")), node.at),
  };
}

function poolOf(fields: Fields): string | undefined {
  const pool = fields.child("pool");
  return pool?.kind === "scalar" ? String(pool.value) : undefined;
}

function readEnvironment(fields: Fields): string | undefined {
  const environment = fields.child("environment");
  if (environment?.kind === "map") {
    return readFields(environment, "environment", ["name"]).text("name");
  }
  return fields.text("environment");
}

function readUses(node: Node | undefined): readonly string[] {
  return node ? (readFields(node, "uses", ["repositories"]).texts("repositories") ?? []) : [];
}

function deploySteps(fields: Fields) {
  const strategy = fields.child("strategy");
  if (!strategy) throw new PipelineError("a deployment job needs a strategy", fields.node.at);
  const runOnce = readFields(strategy, "strategy", ["runOnce"]).child("runOnce");
  if (!runOnce) throw new PipelineError("only strategy runOnce is done here", strategy.at);
  const deploy = readFields(runOnce, "runOnce", ["deploy"]).child("deploy");
  return deploy ? readSteps(readFields(deploy, "deploy", ["steps"]).list("steps")) : [];
}

function readVariables(node: Node | undefined): readonly Variable[] {
  if (node === undefined || (node.kind === "scalar" && node.value === null)) return [];
  if (node.kind === "map") {
    return node.entries.map(({ key, value }) => ({
      kind: "value",
      name: key,
      value: value.kind === "scalar" ? scalarText(value.value) : "",
    }));
  }
  if (node.kind !== "list") throw new PipelineError("variables must be a list or mapping", node.at);
  return node.items.map((item) => {
    const fields = readFields(item, "a variable", ["name", "value", "group", "readonly"]);
    const group = fields.text("group");
    return group === undefined
      ? { kind: "value", name: fields.text("name") ?? "", value: fields.text("value") ?? "" }
      : { kind: "group", group };
  });
}

function scalarText(value: string | number | boolean | null): string {
  return value === null ? "" : String(value);
}
