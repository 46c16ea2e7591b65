import { isRecord, parseYaml } from "../manifests/parse.ts";
import { isKustomizationPath, kustomizationNames } from "../manifests/kustomization-file.ts";
import { onceFor } from "../once-for.ts";

type File = { readonly path: string; readonly text: string };

/** Which kustomization builds on which, by what they list. */
export type KustomizationTree = {
  /** Those that a file gets into, near and far. */
  readonly above: (path: string) => readonly File[];
  /** What they make its namespace: one for each way up that gives another, undefined for none. */
  readonly namespacesOf: (path: string) => readonly (string | undefined)[];
};

type Node = File & { readonly namespace: string | undefined; readonly parents: Set<Node> };

/** Reads the kustomizations among files, once for a list; those outside are not known. */
export const kustomizationTree = onceFor((files: readonly File[]): KustomizationTree => {
  const nodes = new Map<string, Node>();
  const entries = new Map<Node, readonly string[]>();
  for (const { path, text } of files.filter((file) => isKustomizationPath(file.path))) {
    const value = parseYaml(text, path).documents[0]?.value;
    if (!isRecord(value)) continue;
    const namespace = typeof value["namespace"] === "string" ? value["namespace"] : undefined;
    const node = { path, text, namespace, parents: new Set<Node>() };
    nodes.set(path, node);
    const lists = ["resources", "bases", "components"].flatMap((key) => textsIn(value[key]));
    entries.set(
      node,
      lists.map((entry) => resolved(folderOf(path), entry)),
    );
  }
  const users = new Map<string, Set<Node>>();
  for (const [node, paths] of entries) {
    for (const path of paths) {
      const child = kustomizationNames.map((name) => nodes.get(inside(path, name))).find(Boolean);
      if (child && child !== node) child.parents.add(node);
      else users.set(path, (users.get(path) ?? new Set<Node>()).add(node));
    }
  }
  const namespaces = outermostNamespaces();
  return {
    above: (path) => [...ancestors(users.get(path) ?? [])],
    namespacesOf: (path) => {
      const found = [...(users.get(path) ?? [])].flatMap((node) => [...namespaces(node)]);
      return found.length === 0 ? [undefined] : [...new Set(found)];
    },
  };
});

function ancestors(from: Iterable<Node>): ReadonlySet<Node> {
  const found = new Set(from);
  for (const node of found) for (const parent of node.parents) found.add(parent);
  return found;
}

// The outermost kustomization is the last to say.
function outermostNamespaces(): (node: Node) => ReadonlySet<string | undefined> {
  const answers = new Map<Node, Set<string | undefined>>();
  const of = (node: Node): Set<string | undefined> => {
    const before = answers.get(node);
    if (before) return before;
    const own = new Set([node.namespace]);
    // A circle, which kustomize refuses, ends here.
    answers.set(node, own);
    if (node.parents.size === 0) return own;
    const given = [...node.parents].flatMap((parent) => [...of(parent)]);
    const all = new Set(given.map((namespace) => namespace ?? node.namespace));
    answers.set(node, all);
    return all;
  };
  return of;
}

function resolved(folder: string, entry: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of entry.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function inside(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
