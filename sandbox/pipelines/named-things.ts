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
  const resources = entry(normal, "resources");
  const repositories = entry(resources, "repositories");
  const aliases = (repositories?.kind === "list" ? repositories.items : []).map((one) =>
    textOf(entry(one, "repository"))?.toLowerCase(),
  );
  let job = "";
  demandBelow(normal, (node) => {
    job = textOf(entry(node, "job") ?? entry(node, "deployment")) ?? job;
    const task = textOf(entry(node, "task"));
    if (task !== undefined) demandTask(state, task, { step: node, job });
    if (task?.toLowerCase() === checkoutTask) demandCheckout(aliases, node);
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

// `checkout: git://project/repository@ref` needs no resource.
function demandCheckout(aliases: readonly (string | undefined)[], step: Node): void {
  const repository = entry(entry(step, "inputs"), "repository");
  const alias = textOf(repository) ?? "";
  if (["", "self", "none", ...aliases].includes(alias.toLowerCase()) || alias.includes("://")) {
    return;
  }
  throw new PipelineError(
    `The checkout step references the repository '${alias}' which is not defined by the pipeline`,
    repository?.at ?? step.at,
  );
}

function demandTask(
  state: PipelinesState,
  reference: string,
  { step, job }: { readonly step: Node; readonly job: string },
): void {
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
    `A task is missing. The pipeline references a task called '${name}'. This usually indicates the task isn't installed, and you may be able to install it from the Marketplace: https://marketplace.visualstudio.com. (Task version ${version}, job '${job}', step '${textOf(entry(step, "name")) ?? ""}'.)`,
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
