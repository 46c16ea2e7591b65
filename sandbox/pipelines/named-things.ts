// What a pipeline names must be there before a run begins, and before it is previewed.
import { agentTasks, serverTasks } from "./known-tasks.ts";
import { inBoxTasks } from "./in-box-tasks.ts";
import type { Run } from "./run.ts";
import type { PipelinesState } from "./state.ts";
import { entry, PipelineError, textOf, type Node } from "./yaml/node.ts";
import { checkoutTask, downloadTask, publishTask } from "./yaml/normal/step.ts";

const built = [checkoutTask, downloadTask, publishTask];

/** @param normal the pipeline in normal form. @throws for the first thing that is missing */
export function demandNamed(state: PipelinesState, run: Run, normal: Node): void {
  demandBelow(normal, (node) => {
    const task = entry(node, "task");
    const steps = textOf(task);
    if (steps !== undefined) demandTask(state, steps, node);
    const variables = entry(node, "variables");
    for (const one of variables?.kind === "list" ? variables.items : []) {
      const group = textOf(entry(one, "group"));
      if (group !== undefined) demandGroup(state, run, group);
    }
  });
}

// Goes only where jobs and steps may stand: a mapping of inputs is nobody's step.
const below = [
  ...["stages", "jobs", "steps", "strategy", "runOnce", "rolling", "canary", "preDeploy", "deploy"],
  ...["routeTraffic", "postRouteTraffic", "on", "success", "failure"],
];

function demandBelow(node: Node, demand: (node: Node) => void): void {
  if (node.kind === "list") for (const item of node.items) demandBelow(item, demand);
  if (node.kind !== "map") return;
  demand(node);
  for (const { key, value } of node.entries) if (below.includes(key)) demandBelow(value, demand);
}

function demandTask(state: PipelinesState, reference: string, step: Node): void {
  const [name = "", version = ""] = reference.split("@");
  const lower = name.toLowerCase();
  const known =
    built.includes(reference.toLowerCase()) ||
    state.tasks.has(lower) ||
    [...state.tasks.values()].some(({ id }) => id.toLowerCase() === lower) ||
    [...agentTasks, ...serverTasks].includes(lower) ||
    inBoxTasks.has(lower) ||
    // The published schema names the vendor's own tasks without their ids.
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lower);
  if (known) return;
  throw new PipelineError(
    `A task is missing. The pipeline references a task called '${name}'. This usually indicates the task isn't installed, and you may be able to install it from the Marketplace: https://marketplace.visualstudio.com. (Task version ${version})`,
    step.at,
  );
}

function demandGroup(state: PipelinesState, run: Run, group: string): void {
  const known = state.groups.some(
    ({ name, project }) =>
      project === run.definition.project && name.toLowerCase() === group.toLowerCase(),
  );
  if (known) return;
  throw new Error(
    `Variable group ${group} could not be found. The variable group does not exist or has not been authorized for use. For authorization details, refer to https://aka.ms/yamlauthz.`,
  );
}
