import { each, list, map, one, words, type Schema } from "./definition.ts";

const scheduled = {
  ...{ displayName: "text", dependsOn: "text or texts", condition: "text", variables: "variables" },
  pool: "pool",
  templateContext: "mapping",
};
const timed = {
  ...{ continueOnError: "text", timeoutInMinutes: "filled", cancelTimeoutInMinutes: "filled" },
  ...{ workspace: "workspace", uses: "uses", container: "container", services: "services" },
};
const hooks = {
  ...each("hook", "preDeploy", "deploy", "routeTraffic", "postRouteTraffic"),
  on: "after",
};
const phase = {
  ...{ phase: "name", dependsOn: "text or texts", displayName: "text", condition: "text" },
  ...{ continueOnError: "text", variables: "variables", steps: "steps" },
};
const phaseLimits = {
  ...each("filled", "timeoutInMinutes", "cancelTimeoutInMinutes", "parallel"),
  matrix: "matrix",
};

export const jobs: Schema = {
  stages: { ...list("stage"), expressions: true },
  stage: one("stage map", "template item"),
  "stage map": map(
    {
      ...scheduled,
      ...{ stage: "text", group: "text", jobs: "jobs", lockBehavior: "lock", trigger: "start" },
      isSkippable: "flag",
      checks: "checks",
    },
    { first: "stage" },
  ),
  checks: list("check"),
  // The only kind that the vendor's published schema names.
  check: map({ type: "check type" }),
  "check type": words("productionReadinessPolicy"),
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
  phases: { ...list("phase"), expressions: true },
  phase: one("phase on a queue", "phase on the server", "job", "template item"),
  "phase on a queue": map({ ...phase, queue: "queue" }, { first: "phase" }),
  "phase on the server": map({ ...phase, server: "server target" }, { first: "phase" }),
  queue: one("text", "queue map"),
  "queue map": map({
    ...{
      name: "text",
      demands: "text or filled texts",
      container: "filled",
      workspace: "workspace",
    },
    ...phaseLimits,
  }),
  "server target": one("text", "server map"),
  "server map": map(phaseLimits),
  uses: map({ repositories: "filled texts", pools: "filled texts" }),
  strategy: { ...one("matrix strategy", "parallel strategy"), expressions: true },
  "matrix strategy": map({ matrix: "matrix", maxParallel: "filled" }),
  "parallel strategy": map({ parallel: "filled" }),
  matrix: one("text", "matrix map"),
  "matrix map": map({}, { others: "text map" }),
  environment: one("text", "environment map"),
  "environment map": map({
    ...each("filled", "name", "resourceName", "resourceId", "resourceType", "tags"),
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
