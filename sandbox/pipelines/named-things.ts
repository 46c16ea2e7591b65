// What a pipeline names must be there before a run begins, and before it is previewed.
import { demandResources } from "./demand-resources.ts";
import { demandTask, type JobTarget } from "./demand-task.ts";
import type { Run } from "./run.ts";
import type { PipelinesState } from "./state.ts";
import { entry, itemsOf, PipelineError, textOf, type Node } from "./yaml/node.ts";
import { checkoutTask } from "./yaml/normal/step.ts";

/** @param normal the pipeline in normal form. @throws for the first thing that is missing */
export function demandNamed(state: PipelinesState, run: Run, normal: Node): void {
  const known = {
    repositories: aliasesOf(normal, { list: "repositories", key: "repository" }),
    containers: aliasesOf(normal, { list: "containers", key: "container" }),
  };
  demandResources(state, run, entry(normal, "resources"));
  const server = isServer(entry(normal, "pool"));
  let stage = server;
  let job: JobTarget = { name: "", server };
  demandBelow(normal, (node) => {
    if (entry(node, "stage")) stage = targetOf(node, server);
    const name = textOf(entry(node, "job") ?? entry(node, "deployment"));
    if (name !== undefined) {
      job = { name, server: targetOf(node, stage) };
      demandContainers(known.containers, node);
    }
    const task = textOf(entry(node, "task"));
    if (task !== undefined) {
      demandTask(state, node, job);
      demandContainer(known.containers, entry(entry(node, "target"), "container"));
    }
    if (task?.toLowerCase() === checkoutTask) demandCheckout(known.repositories, node);
    for (const one of itemsOf(node, "variables")) {
      const group = textOf(entry(one, "group"));
      if (group !== undefined) demandGroup(state, run, group);
    }
  });
}

function aliasesOf(
  normal: Node,
  { list, key }: { readonly list: string; readonly key: string },
): readonly string[] {
  return itemsOf(entry(normal, "resources"), list).flatMap((one) => {
    const alias = textOf(entry(one, key));
    return alias === undefined ? [] : [alias.toLowerCase()];
  });
}

function isServer(pool: Node | undefined): boolean {
  return textOf(entry(pool, "name")) === "server";
}

// A stage's or job's own pool, else the one around it.
function targetOf(node: Node, around: boolean): boolean {
  const pool = entry(node, "pool");
  return pool ? isServer(pool) : around;
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
function demandCheckout(aliases: readonly string[], step: Node): void {
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

function demandContainers(known: readonly string[], job: Node): void {
  demandContainer(known, entry(entry(job, "container"), "alias"));
  const services = entry(job, "services");
  for (const { value } of services?.kind === "map" ? services.entries : []) {
    demandContainer(known, entry(value, "alias") ?? value);
  }
}

// An image has a tag or digest, a name of a run is not known yet.
function demandContainer(known: readonly string[], container: Node | undefined): void {
  const name = textOf(container) ?? "";
  if (["", "host", ...known].includes(name.toLowerCase()) || /[:@$]/.test(name)) return;
  if (!container) return;
  throw new PipelineError(
    `A container resource with name ${name} could not be found. The container resource does not exist. If you intended to specify an image, use NAME:TAG or NAME@DIGEST. For example, ubuntu:latest`,
    container.at,
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
