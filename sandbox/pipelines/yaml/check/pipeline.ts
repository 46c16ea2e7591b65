// What the service looks at once a pipeline is written out: names, dependencies, expressions that
// are worked out while it runs, references to tasks.
import { entry, itemsOf, PipelineError, textOf, type Node } from "../node.ts";
import { checkGraph } from "./graph.ts";
import { checkCondition, checkRuntimeValue } from "./runtime-expressions.ts";
import { checkSteps, checkWhole } from "./steps.ts";

/** @param root in normal form. @throws PipelineError */
export function checkPipeline(root: Node): void {
  const stages = itemsOf(root, "stages");
  checkVariables(root);
  checkGraph(members(stages, ["stage"]), { kind: "stages" });
  for (const stage of stages) {
    checkName(stage, { key: "stage" });
    checkCondition(entry(stage, "condition"), "stage");
    checkVariables(stage);
    const jobs = itemsOf(stage, "jobs");
    if (jobs.length === 0) {
      const name = textOf(entry(stage, "stage")) ?? "";
      throw new PipelineError(
        `Stage ${name} must contain at least one job with no dependencies.`,
        stage.at,
      );
    }
    const named = textOf(entry(stage, "stage"));
    const own = named === "__default" ? undefined : named;
    checkGraph(members(jobs, ["job", "deployment"]), { kind: "jobs", stage: own });
    for (const job of jobs) checkJob(job, own);
  }
}

/** @param root expanded, as it was written. @throws PipelineError */
export function demandContent(root: Node): void {
  const kinds = ["stages", "jobs", "steps"];
  if (kinds.some((key) => entry(root, key) && (key === "steps" || itemsOf(root, key).length > 0))) {
    return;
  }
  throw new PipelineError("The pipeline must contain at least one stage, job or step", root.at);
}

function checkJob(job: Node, stage: string | undefined): void {
  const name = textOf(entry(job, "deployment") ?? entry(job, "job")) ?? "";
  checkName(job, { key: entry(job, "deployment") ? "deployment" : "job", stage });
  if (entry(job, "deployment")) checkDeployment(job, name);
  checkCondition(entry(job, "condition"), "job");
  checkVariables(job);
  const strategy = entry(job, "strategy");
  checkRuntimeValue(entry(job, "continueOnError"));
  checkRuntimeValue(entry(strategy, "matrix"));
  const counts = [
    ...["timeoutInMinutes", "cancelTimeoutInMinutes"].map((key) => entry(job, key)),
    ...["maxParallel", "parallel"].map((key) => entry(strategy, key)),
  ];
  for (const count of counts) {
    checkRuntimeValue(count);
    checkWhole(count);
  }
  for (const list of stepLists(job)) checkSteps(list, name);
}

/** The lists of steps of a job: of a deployment those of its hooks. */
function stepLists(job: Node): readonly (readonly Node[])[] {
  const strategy = entry(job, "strategy");
  const kinds = ["runOnce", "rolling", "canary"].map((key) => entry(strategy, key));
  const hooks = kinds
    .flatMap((kind) => [kind, entry(kind, "on")])
    .flatMap((parent) => (parent?.kind === "map" ? parent.entries.map(({ value }) => value) : []));
  return [job, ...hooks].map((one) => itemsOf(one, "steps"));
}

type Named = {
  readonly key: "stage" | "job" | "deployment";
  /** That a job stands in. */
  readonly stage?: string | undefined;
};

function checkName(node: Node, { key, stage }: Named): void {
  const name = entry(node, key);
  const text = textOf(name) ?? "";
  // One without a name is given one.
  if (text === "" || /^[A-Za-z_]\w*$/.test(text)) return;
  const job = stage === undefined ? "Job" : `Stage ${stage} job`;
  throw new PipelineError(
    `${key === "stage" ? "Stage" : job} ${text} has an invalid name. Valid names may only contain alphanumeric characters and '_' and may not start with a number.`,
    name?.at ?? node.at,
  );
}

function checkDeployment(job: Node, name: string): void {
  const environment = entry(job, "environment");
  if (!textOf(entry(environment, "name"))) {
    throw new PipelineError(`Job ${name}: Environment is required.`, environment?.at ?? job.at);
  }
  const most = entry(entry(entry(job, "strategy"), "rolling"), "maxParallel");
  const [, value, percent] = /^(-?\d+)(%?)$/.exec(textOf(most) ?? "") ?? [];
  if (!most || value === undefined) return;
  const rolling = Number(value);
  if (percent !== "%" && rolling <= 0) {
    throw new PipelineError("Absolute rolling value should be greater than zero.", most.at);
  }
  if (percent === "%" && (rolling < 1 || rolling > 100)) {
    throw new PipelineError("Percentage rolling value should be with in 1 to 100.", most.at);
  }
}

function checkVariables(node: Node): void {
  for (const one of itemsOf(node, "variables")) checkRuntimeValue(entry(one, "value"));
}

function members(nodes: readonly Node[], keys: readonly string[]) {
  return nodes.flatMap((node) => {
    const name = keys.map((key) => textOf(entry(node, key))).find((one) => one !== undefined);
    if (name === undefined || name === "") return [];
    const dependsOn = itemsOf(node, "dependsOn").map((one) => textOf(one) ?? "");
    return [{ at: node.at, name, dependsOn: dependsOn.filter((one) => one !== "") }];
  });
}
