// `trigger` of a pipeline or a repository resource: literal YAML.
import type { Filter, Trigger } from "./model.ts";
import { textOf, type Node } from "./node.ts";
import { readFields, textsOf } from "./read-fields.ts";

const anywhere: Filter = { include: [], exclude: [] };

/** Without a trigger every push to every branch starts the pipeline. */
export function readTrigger(node: Node | undefined): Trigger {
  const push = { kind: "push", tags: undefined, paths: anywhere, batch: false } as const;
  if (node === undefined) return { ...push, branches: { include: ["*"], exclude: [] } };
  if (node.kind === "scalar" && textOf(node) === "none") return { kind: "none" };
  if (node.kind !== "map") {
    return { ...push, branches: { include: textsOf(node, "trigger"), exclude: [] } };
  }
  const fields = readFields(node, "trigger", ["branches", "paths", "tags", "batch", "enabled"]);
  if (fields.flag("enabled") === false) return { kind: "none" };
  const branches = readFilter(fields.child("branches"), "branches");
  const tags = readFilter(fields.child("tags"), "tags");
  return {
    kind: "push",
    // Tags alone: pushes to branches start nothing (documents: Tags).
    branches: branches ?? (tags ? undefined : { include: ["*"], exclude: [] }),
    tags,
    paths: readFilter(fields.child("paths"), "paths") ?? anywhere,
    batch: fields.flag("batch") ?? false,
  };
}

/** `[a, b]` or `{ include, exclude }`. */
export function readFilter(node: Node | undefined, what: string): Filter | undefined {
  if (!node) return undefined;
  if (node.kind !== "map") return { include: textsOf(node, what), exclude: [] };
  const fields = readFields(node, what, ["include", "exclude"]);
  return { include: fields.texts("include") ?? [], exclude: fields.texts("exclude") ?? [] };
}
