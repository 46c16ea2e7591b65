import { each, list, map, one, words, type Schema } from "./definition.ts";

const scheduled = {
  ...{ displayName: "text", dependsOn: "text or texts", condition: "text", variables: "variables" },
  ...{ pool: "pool", templateContext: "mapping" },
};
const timed = {
  ...{ continueOnError: "text", timeoutInMinutes: "filled", cancelTimeoutInMinutes: "filled" },
  ...{ workspace: "workspace", uses: "uses", container: "container", services: "mapping" },
};
const hooks = {
  ...each("hook", "preDeploy", "deploy", "routeTraffic", "postRouteTraffic"),
  on: "after",
};

export const jobs: Schema = {
  stages: { ...list("stage"), expressions: true },
  stage: one("stage map", "template item"),
  "stage map": map(
    {
      ...scheduled,
      ...{ stage: "text", group: "text", jobs: "jobs", lockBehavior: "lock", trigger: "start" },
      ...{ isSkippable: "flag", checks: "any" },
    },
    { first: "stage" },
  ),
  lock: words("sequential", "runLatest"),
  start: words("manual", "automatic"),
  jobs: { ...list("job"), expressions: true },
  job: one("job map", "deployment map", "template item"),
  "job map": map(
    { ...scheduled, ...timed, job: "name", strategy: "strategy", steps: "steps" },
    { first: "job" },
  ),
  "deployment map": map(
    {
      ...{ ...scheduled, ...timed, deployment: "text", environment: "environment" },
      strategy: "deployment strategy",
    },
    { first: "deployment" },
  ),
  uses: map({ repositories: "filled texts", pools: "filled texts" }),
  strategy: one("matrix strategy", "parallel strategy"),
  "matrix strategy": map({ matrix: "matrix", maxParallel: "filled" }),
  "parallel strategy": map({ parallel: "filled", maxParallel: "filled" }),
  matrix: one("text", "matrix map"),
  "matrix map": map({}, { others: "text map" }),
  environment: one("text", "environment map"),
  "environment map": map({
    ...each("filled", "name", "resourceName", "resourceId", "resourceType"),
    tags: "text or texts",
  }),
  "deployment strategy": one("once", "rolling", "canary"),
  once: map({ runOnce: "once map" }),
  "once map": map(hooks),
  rolling: map({ rolling: "rolling map" }),
  "rolling map": map({ ...hooks, maxParallel: "filled" }),
  canary: map({ canary: "canary map" }),
  "canary map": map({ ...hooks, increments: "filled texts" }),
  hook: map({ steps: "steps", pool: "pool" }),
  after: map({ failure: "hook", success: "hook" }),
};
