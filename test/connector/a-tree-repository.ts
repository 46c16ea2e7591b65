import { createHash } from "node:crypto";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { kustomizationReader } from "../../connector/read-kustomizations.ts";
import type { FileChange } from "../../core/azure-devops/types.ts";
import { isUnder } from "../../core/flux/folder.ts";

type Tree = Readonly<Record<string, string>>;

/** The commit of `after`, the branch's head, and of `before`, which it came onto. */
export const [x, old] = ["a".repeat(40), "b".repeat(40)];

export const treeUrl = "https://dev.azure.com/fabrikam/shop/_git/manifests";

export type TreeCommit = { readonly id: string; readonly tree: Tree; readonly parent?: string };

/** A repository of two commits that nobody renders into, from memory. */
export function aTreeRepository(before: Tree, after: Tree): ManifestsRepository {
  const commits = [
    { id: old, tree: before },
    { id: x, tree: after, parent: old },
  ];
  return aTreeHistory(commits, () => x);
}

/** The same of any commits, each pushed by itself, and of a branch that moves. */
export function aTreeHistory(
  commits: readonly TreeCommit[],
  head: () => string,
): ManifestsRepository {
  const byId = new Map(commits.map((one) => [one.id, one]));
  const treeAt = (commit: string) => byId.get(commit)?.tree ?? {};
  const contents = new Map(
    commits.flatMap((one) =>
      Object.values(one.tree).map(
        (text) => [blobOf(text), new TextEncoder().encode(text)] as const,
      ),
    ),
  );
  const tree: ManifestsRepository["tree"] = async (commit, folder) =>
    Object.entries(treeAt(commit))
      .filter(([path]) => isUnder(path, folder))
      .map(([path, text]) => ({ path, blob: blobOf(text) }));
  const blobs: ManifestsRepository["blobs"] = async (ids) =>
    new Map(ids.map((id) => [id, contents.get(id) ?? new Uint8Array()]));
  const history = (commit: string): readonly string[] => {
    const parent = byId.get(commit)?.parent;
    return [commit, ...(parent === undefined ? [] : history(parent))];
  };
  const changes = (commit: string) =>
    changesOf(treeAt(byId.get(commit)?.parent ?? ""), treeAt(commit));
  const contains = async (commit: string, descendant: string) =>
    history(descendant).includes(commit) ? "yes" : "no";
  const of: Partial<ManifestsRepository> = {
    config: {
      ...{ name: "manifests", project: "shop", repository: "manifests", branch: "main" },
      ...{ pipelines: [], otherEnvironments: [] },
    },
    addresses: [
      {
        ...{ organisationUrl: "https://dev.azure.com/fabrikam", project: "shop" },
        repository: "manifests",
      },
    ],
    ...{ head: async () => head(), presumedHead: async () => head() },
    ...{ contains, surelyContains: contains, tree, blobs },
    ...{ index: async () => undefined, deliveries: async () => [], statuses: async () => [] },
    history: async (commit) => history(commit),
    beside: async (commit, folder) => {
      const start = folder === "" ? "" : `${folder}/`;
      return (await tree(commit, folder)).filter(
        ({ path }) => path.startsWith(start) && !path.slice(start.length).includes("/"),
      );
    },
    kustomizations: kustomizationReader({ tree, blobs }),
    cameWith: async (commit) => {
      const parent = byId.get(commit)?.parent;
      return parent === undefined ? undefined : { before: parent, changes: changes(commit) };
    },
    changes: async (commit) => changes(commit),
    differing: async (base, target) =>
      new Map(changesOf(treeAt(base), treeAt(target)).map((one) => [one.path, one] as const)),
    file: async (commit, path) => treeAt(commit)[path],
  };
  return of as ManifestsRepository;
}

function changesOf(before: Tree, after: Tree): readonly FileChange[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return paths.flatMap((path): readonly FileChange[] => {
    const [was, is] = [before[path], after[path]];
    if (was === is) return [];
    return [
      {
        path,
        changeType: was === undefined ? "add" : is === undefined ? "delete" : "edit",
        ...(is === undefined ? {} : { blob: blobOf(is) }),
        ...(was === undefined ? {} : { originalBlob: blobOf(was) }),
      },
    ];
  });
}

function blobOf(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
