// `resources` of a pipeline: https://learn.microsoft.com/azure/devops/pipelines/process/resources
import type { PipelineResource, RepositoryResource, Resources } from "./model.ts";
import { entry, PipelineError, textOf, type Node } from "./node.ts";
import { readFields, readSomeFields, textsOf } from "./read-fields.ts";
import { readFilter, readTrigger } from "./read-triggers.ts";

const elsewhere = {
  containers: "it has no container engine",
  packages: "it has no feeds",
  webhooks: "nothing outside calls it",
  builds: "only Azure Pipelines run here",
};

export function readResources(node: Node | undefined): Resources {
  if (!node || isLegacy(node)) return { repositories: [], pipelines: [] };
  const known = ["repositories", "pipelines"];
  const fields = readSomeFields(node, { what: "resources", known, elsewhere });
  return {
    repositories: fields.list("repositories").map(readRepository),
    pipelines: fields.list("pipelines").map(readPipelineResource),
  };
}

// `resources: [{ repo: self }]`, as old wizards wrote it: it says nothing new.
function isLegacy(node: Node): boolean {
  return node.kind === "list" && node.items.every((one) => textOf(entry(one, "repo")) === "self");
}

function readRepository(item: Node): RepositoryResource {
  const known = ["repository", "type", "name", "ref", "trigger", "project", "endpoint"];
  const one = readFields(item, "a repository resource", known);
  const type = one.text("type") ?? "git";
  if (type.toLowerCase() !== "git") {
    throw new PipelineError(`only repositories of type git are done here, not ${type}`, item.at);
  }
  const alias = one.text("repository") ?? "";
  const project = one.text("project");
  const name = one.text("name") ?? alias;
  const trigger = one.child("trigger");
  return {
    alias,
    name: project !== undefined && !name.includes("/") ? `${project}/${name}` : name,
    ref: one.text("ref"),
    // Other repositories start nothing unless they say so.
    trigger: trigger ? readTrigger(trigger) : { kind: "none" },
  };
}

function readPipelineResource(item: Node): PipelineResource {
  const known = ["pipeline", "source", "project", "trigger", "branch", "version", "tags"];
  const one = readFields(item, "a pipeline resource", known);
  const tags = one.child("tags");
  return {
    alias: one.text("pipeline") ?? "",
    source: one.text("source") ?? "",
    project: one.text("project"),
    version: one.text("version"),
    branch: one.text("branch"),
    tags: tags ? textsOf(tags, "tags") : [],
    trigger: readRunTrigger(one.child("trigger")),
  };
}

function readRunTrigger(node: Node | undefined): PipelineResource["trigger"] {
  if (!node) return undefined;
  const none = { branches: undefined, tags: [], stages: [] };
  if (node.kind === "scalar") return textOf(node) === "true" ? none : undefined;
  const known = ["enabled", "branches", "tags", "stages"];
  const fields = readFields(node, "the trigger of a pipeline resource", known);
  if (fields.flag("enabled") === false) return undefined;
  const tags = entry(node, "tags");
  return {
    branches: readFilter(fields.child("branches"), "branches"),
    tags: tags ? (readFilter(tags, "tags")?.include ?? []) : [],
    stages: fields.texts("stages") ?? [],
  };
}
