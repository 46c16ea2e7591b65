// Forms that the service's preview writes out: one text for a list, a name for a mapping.
import { isEmpty, type Entry, type Node } from "../node.ts";

export const listOf = (node: Node): Node =>
  node.kind === "scalar" && !isEmpty(node) ? { kind: "list", items: [node], at: node.at } : node;

/** A scalar as the mapping that it stands for: `pool: x` is `pool: { name: x }`. */
export const under =
  (key: string) =>
  (node: Node): Node =>
    node.kind === "scalar" && !isEmpty(node)
      ? { kind: "map", entries: [{ key, value: node, at: node.at }], at: node.at }
      : node;

/** `name: value` pairs as a list of variables. */
export function normalVariables(node: Node): Node {
  if (node.kind !== "map") return node;
  return {
    kind: "list",
    at: node.at,
    items: node.entries.map(({ key, value, at }) => ({
      kind: "map",
      at,
      entries: [
        { key: "name", value: { kind: "scalar", value: key, at }, at },
        { key: "value", value, at },
      ],
    })),
  };
}

/** `environment: name.resource` */
export function normalEnvironment(node: Node): Node {
  if (node.kind !== "scalar" || isEmpty(node)) return node;
  const { at } = node;
  const [name = "", ...resource] = String(node.value).split(".");
  const entries: Entry[] = [{ key: "name", value: { kind: "scalar", value: name, at }, at }];
  if (resource.length > 0) {
    const value: Node = { kind: "scalar", value: resource.join("."), at };
    entries.push({ key: "resourceName", value, at });
  }
  return { kind: "map", entries, at };
}

/** The mapping with some of its values in another form. */
export function mapped(node: Node, forms: Readonly<Record<string, (node: Node) => Node>>): Node {
  if (node.kind !== "map") return node;
  return {
    ...node,
    entries: node.entries.map((one) => {
      const form = forms[one.key];
      return form ? { ...one, value: form(one.value) } : one;
    }),
  };
}

export const each =
  (form: (node: Node) => Node) =>
  (node: Node): Node =>
    node.kind === "list" ? { ...node, items: node.items.map(form) } : node;
