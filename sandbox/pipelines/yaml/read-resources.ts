// `resources` and `trigger` of a pipeline: literal YAML at its root.
import type { Resources, Trigger } from "./model.ts";
import { PipelineError, type Node } from "./node.ts";
import { readFields } from "./read-fields.ts";

export function readResources(node: Node | undefined): Resources {
  if (!node) return { repositories: [], pipelines: [] };
  const fields = readFields(node, "resources", ["repositories", "pipelines"]);
  return {
    repositories: fields.list("repositories").map((item) => {
      const known = ["repository", "type", "name", "ref", "trigger", "endpoint"];
      const one = readFields(item, "a repository resource", known);
      if ((one.text("type") ?? "git") !== "git") {
        throw new PipelineError("only repositories of type git are done here", item.at);
      }
      const alias = one.text("repository") ?? "";
      return { alias, name: one.text("name") ?? alias, ref: one.text("ref") };
    }),
    pipelines: fields.list("pipelines").map((item) => {
      const known = ["pipeline", "source", "project", "trigger", "branch"];
      const one = readFields(item, "a pipeline resource", known);
      const trigger = one.child("trigger");
      const branches =
        trigger?.kind === "map"
          ? readFields(trigger, "trigger", ["branches", "enabled"]).child("branches")
          : undefined;
      return {
        alias: one.text("pipeline") ?? "",
        source: one.text("source") ?? "",
        branches: branches ? included(branches) : undefined,
        triggers: trigger !== undefined && one.node.kind === "map" && !isNone(trigger),
      };
    }),
  };
}

function isNone(node: Node): boolean {
  return node.kind === "scalar" && String(node.value) === "none";
}

function included(node: Node): readonly string[] {
  if (node.kind === "list") {
    return node.items.map((item) => (item.kind === "scalar" ? String(item.value) : ""));
  }
  return readFields(node, "branches", ["include", "exclude"]).texts("include") ?? [];
}

/** Without a trigger every push starts the pipeline. */
export function readTrigger(node: Node | undefined): Trigger | undefined {
  const anyPath = { include: [], exclude: [] };
  if (node === undefined) return { kind: "push", branches: ["*"], paths: anyPath };
  if (node.kind === "scalar") return isNone(node) ? { kind: "none" } : undefined;
  if (node.kind === "list") return { kind: "push", branches: included(node), paths: anyPath };
  const fields = readFields(node, "trigger", ["branches", "paths", "batch"]);
  const branches = fields.child("branches");
  const paths = fields.child("paths");
  const pathFields = paths && readFields(paths, "paths", ["include", "exclude"]);
  return {
    kind: "push",
    branches: branches ? included(branches) : ["*"],
    paths: {
      include: pathFields?.texts("include") ?? [],
      exclude: pathFields?.texts("exclude") ?? [],
    },
  };
}
