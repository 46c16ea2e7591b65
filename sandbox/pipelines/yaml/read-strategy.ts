// Strategies: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/jobs-job-strategy
// and jobs-deployment-strategy.
import type { Hook, HookName, Strategy } from "./model.ts";
import { PipelineError, textOf, type Node } from "./node.ts";
import { readFields, readSomeFields, textMap, type Fields } from "./read-fields.ts";
import { demandLinux, isServer } from "./read-pool.ts";
import { readSteps } from "./read-steps.ts";

export function readStrategy(fields: Fields): Strategy {
  const node = fields.child("strategy");
  if (!node) return { kind: "single" };
  const strategy = readFields(node, "strategy", ["matrix", "maxParallel", "parallel"]);
  const matrix = strategy.child("matrix");
  const maxParallel = Number(strategy.text("maxParallel") ?? 0);
  if (!matrix) {
    const count = strategy.text("parallel");
    return count === undefined ? { kind: "single" } : { kind: "parallel", count, at: node.at };
  }
  return { kind: "matrix", at: node.at, legs: readLegs(matrix), maxParallel };
}

function readLegs(matrix: Node) {
  if (matrix.kind === "scalar") return textOf(matrix) ?? "";
  if (matrix.kind !== "map") throw new PipelineError("`matrix` must be a mapping", matrix.at);
  return Object.fromEntries(
    matrix.entries.map(({ key, value }) => {
      if (value.kind !== "map") throw new PipelineError(`\`${key}\` must be a mapping`, value.at);
      return [key, textMap(value.entries)];
    }),
  );
}

/** Of a deployment: runOnce with its hooks. */
export function readDeployment(fields: Fields): Strategy {
  const node = fields.child("strategy");
  if (!node) throw new PipelineError("a deployment job needs a strategy", fields.node.at);
  const strategy = readSomeFields(node, {
    what: "strategy",
    known: ["runOnce"],
    elsewhere: {
      rolling: "its environments have no virtual machines",
      canary: "it deploys to no cluster itself",
    },
  });
  const runOnce = strategy.child("runOnce");
  if (!runOnce) throw new PipelineError("a deployment job needs runOnce", node.at);
  const order = ["preDeploy", "deploy", "routeTraffic", "postRouteTraffic"] as const;
  const hooks = readFields(runOnce, "runOnce", [...order, "on"]);
  const on = hooks.child("on");
  const after = on && readFields(on, "on", ["success", "failure"]);
  const read: readonly (readonly [HookName, Node | undefined])[] = [
    ...order.map((name) => [name, hooks.child(name)] as const),
    ["onSuccess", after?.child("success")],
    ["onFailure", after?.child("failure")],
  ];
  return {
    kind: "runOnce",
    hooks: read.flatMap(([name, hook]) => (hook ? [readHook(name, hook)] : [])),
  };
}

function readHook(name: HookName, node: Node): Hook {
  const fields = readFields(node, name, ["steps", "pool"]);
  const pool = fields.child("pool");
  demandLinux(pool);
  return { name, server: isServer(pool), steps: readSteps(fields.list("steps")) };
}
