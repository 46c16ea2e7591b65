import { each, list, map, one, words, type Schema } from "./definition.ts";

export const resources: Schema = {
  resources: one("resource map", "old resources"),
  "resource map": map({
    ...{ builds: "builds", containers: "containers", pipelines: "pipelines" },
    ...{ repositories: "repositories", webhooks: "webhooks", packages: "packages" },
  }),
  "old resources": list("old resource"),
  "old resource": map(
    { repo: "self", ...each("text", "clean", "fetchDepth", "lfs") },
    { first: "repo" },
  ),
  self: words("self"),
  builds: list("build"),
  build: map(
    {
      ...{ build: "alias", version: "text with expressions", branch: "text with expressions" },
      ...each("filled", "type", "connection", "source"),
      trigger: "none or true",
    },
    { first: "build", required: ["type", "connection", "source"] },
  ),
  packages: list("package"),
  package: map(
    {
      ...{ package: "alias", version: "text with expressions", tag: "text with expressions" },
      ...each("filled", "type", "connection", "name"),
      trigger: "none or true",
    },
    { first: "package", required: ["type", "connection", "name"] },
  ),
  containers: { ...list("container resource"), expressions: true },
  "container resource": map(
    {
      ...{ container: "alias", type: "text", trigger: "container trigger", localImage: "flag" },
      ...each("filled", "azureSubscription", "resourceGroup", "registry", "repository"),
      ...{ endpoint: "text", env: "text map", image: "text", mapDockerSocket: "flag" },
      ...{ options: "text", ports: "texts", volumes: "texts", mountReadOnly: "read-only mounts" },
    },
    { others: "any", first: "container" },
  ),
  "container trigger": one("none or true", "container trigger map"),
  "container trigger map": map({ enabled: "flag", tags: "list or filter" }),
  pipelines: list("pipeline resource"),
  "pipeline resource": map(
    {
      ...{ pipeline: "alias", project: "filled", source: "filled", tags: "filled texts" },
      version: "text with expressions",
      branch: "text with expressions",
      trigger: "run trigger",
    },
    { first: "pipeline" },
  ),
  "run trigger": one("none or true", "run trigger map"),
  "run trigger map": map({
    enabled: "flag",
    branches: "list or filter",
    stages: "filled texts",
    tags: "filled texts",
  }),
  repositories: list("repository"),
  repository: map(
    {
      ...{ repository: "alias", endpoint: "filled", trigger: "trigger", name: "filled" },
      ...{ ref: "text with expressions", type: "text", checkoutOptions: "checkout options" },
    },
    { others: "any", first: "repository" },
  ),
  "checkout options": map(
    each("text", "clean", "fetchDepth", "fetchTags", "lfs", "submodules", "persistCredentials"),
  ),
  webhooks: list("webhook"),
  webhook: map(
    { webhook: "alias", connection: "filled", type: "filled", filters: "webhook filters" },
    { first: "webhook", required: ["connection"] },
  ),
  "webhook filters": list("webhook filter"),
  "webhook filter": map(each("filled", "path", "value"), { first: "path", required: ["value"] }),
};
