import { createHash } from "node:crypto";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { kustomizationReader } from "../../connector/read-kustomizations.ts";
import type { FileChange } from "../../core/azure-devops/types.ts";
import { isUnder } from "../../core/flux/folder.ts";

type Tree = Readonly<Record<string, string>>;

/** The commit of `after`, the branch's head, and of `before`, which it came onto. */
export const [x, old] = ["a".repeat(40), "b".repeat(40)];

export const treeUrl = "https://dev.azure.com/fabrikam/shop/_git/manifests";

/** A repository of two commits that nobody renders into, from memory. */
export function aTreeRepository(before: Tree, after: Tree): ManifestsRepository {
  const trees: Readonly<Record<string, Tree>> = { [old]: before, [x]: after };
  const contents = new Map(
    [before, after].flatMap((tree) =>
      Object.values(tree).map((text) => [blobOf(text), new TextEncoder().encode(text)] as const),
    ),
  );
  const tree: ManifestsRepository["tree"] = async (commit, folder) =>
    Object.entries(trees[commit] ?? {})
      .filter(([path]) => isUnder(path, folder))
      .map(([path, text]) => ({ path, blob: blobOf(text) }));
  const blobs: ManifestsRepository["blobs"] = async (ids) =>
    new Map(ids.map((id) => [id, contents.get(id) ?? new Uint8Array()]));
  const changes = changesOf(before, after);
  const contains = async (commit: string, descendant: string) =>
    commit === descendant || descendant === x ? "yes" : "no";
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
    ...{ head: async () => x, presumedHead: async () => x },
    ...{ contains, surelyContains: contains, tree, blobs },
    ...{ index: async () => undefined, deliveries: async () => [], statuses: async () => [] },
    history: async () => [x, old],
    beside: async (commit, folder) => {
      const start = folder === "" ? "" : `${folder}/`;
      return (await tree(commit, folder)).filter(
        ({ path }) => path.startsWith(start) && !path.slice(start.length).includes("/"),
      );
    },
    kustomizations: kustomizationReader({ tree, blobs }),
    cameWith: async () => ({ before: old, changes }),
    changes: async () => changes,
    file: async (commit, path) => trees[commit]?.[path],
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
