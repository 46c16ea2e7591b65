import type { ListKind } from "../expansion.ts";
import type { Node } from "../node.ts";
import { each, listOf, mapped, normalEnvironment, normalVariables, under } from "./parts.ts";
import { normalStep } from "./step.ts";

const normalSteps = each(normalStep);
const hook = (node: Node) => mapped(node, { steps: normalSteps, pool: normalPool });
const hooks = (node: Node) =>
  mapped(node, {
    ...{ preDeploy: hook, deploy: hook, routeTraffic: hook, postRouteTraffic: hook },
    on: (on) => mapped(on, { success: hook, failure: hook }),
  });
const strategy = (node: Node) => mapped(node, { runOnce: hooks, rolling: hooks, canary: hooks });

function normalServices(node: Node): Node {
  if (node.kind !== "map") return node;
  const entries = node.entries.map((one) => ({ ...one, value: under("alias")(one.value) }));
  return { ...node, entries };
}

export function normalPool(node: Node): Node {
  return mapped(under("name")(node), { demands: listOf });
}

export function normalJob(node: Node): Node {
  return mapped(node, {
    ...{ dependsOn: listOf, variables: normalVariables, pool: normalPool, steps: normalSteps },
    ...{ container: under("alias"), services: normalServices, environment: normalEnvironment },
    strategy,
  });
}

export function normalStage(node: Node): Node {
  return mapped(node, {
    ...{ dependsOn: listOf, variables: normalVariables, pool: normalPool, jobs: each(normalJob) },
  });
}

const items: Readonly<Record<ListKind, (node: Node) => Node>> = {
  steps: normalStep,
  jobs: normalJob,
  stages: normalStage,
  phases: (node) => node,
  variables: (node) => node,
};

export function normalItem(node: Node, kind: ListKind): Node {
  return items[kind](node);
}

export function normalItems(node: Node, kind: ListKind): Node {
  return each(items[kind])(node);
}
