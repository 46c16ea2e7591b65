// What git itself says of a manifests repository: which environments it has, and what they want.
import {
  type AzureDevOps,
  oddAnswer,
  type RepositoryRef,
} from "../../clients/azure-devops/connection.ts";
import { listTree, readFile } from "../../clients/azure-devops/items.ts";
import { readBlobs } from "../../clients/azure-devops/blobs.ts";
import { HttpError } from "../../core/errors.ts";
import {
  indexForm,
  isIndexPath,
  indexPath,
  type OwnershipIndex,
  parseOwnershipIndex,
} from "../../core/render/ownership-index.ts";
import { unreadText } from "../view/unread.ts";

/** The folder of one environment, as a commit has it. */
export type WantedFolder = {
  /** "" where it is the repository's root. */
  readonly path: string;
  readonly environment: string;
  readonly deliveries: readonly OwnershipIndex[];
};

export type Wanted = {
  readonly folders: readonly WantedFolder[];
  readonly problems: readonly string[];
  /** Whether every index was read, well-formed or not: else another look may say more. */
  readonly isRead: boolean;
};

/** Reads all ownership indexes of a commit. */
export async function loadWanted(
  ado: AzureDevOps,
  { repo, commit }: { readonly repo: RepositoryRef; readonly commit: string },
): Promise<Wanted> {
  const files = await listTree(ado, { repo, commit, path: "", recursive: true });
  // A commit without files is rare, an answer without them is not.
  if (files.length === 0) throw oddAnswer(`commit ${commit} has no files`);
  const found = files.filter(({ path }) => isIndexPath(path));
  // Together: hundreds of environments would be hundreds of calls.
  const contents = await readBlobs(ado, { repo, ids: found.map(({ blob }) => blob) });
  const read = found.map(({ path, blob }) => {
    const content = contents.get(blob);
    const folder = indexForm.exec(path)?.[1] ?? "";
    if (content === undefined || content instanceof HttpError) {
      const why = content ?? new Error("It was not sent");
      return { folder, index: undefined, isRead: false, problems: [unreadText(path, why)] };
    }
    const { index, problems } = parseOwnershipIndex(new TextDecoder().decode(content), path);
    return { folder, index, problems: problems.map(({ message }) => `${path}: ${message}`) };
  });
  const folders = new Map<string, OwnershipIndex[]>();
  for (const { folder, index } of read) {
    if (index === undefined) continue;
    const key = JSON.stringify([folder, index.environment]);
    folders.set(key, [...(folders.get(key) ?? []), index]);
  }
  return {
    folders: [...folders].map(([key, deliveries]) => {
      const [path = "", environment = ""] = JSON.parse(key) as readonly string[];
      return { path, environment, deliveries };
    }),
    problems: read.flatMap(({ problems }) => problems),
    isRead: read.every(({ isRead = true }) => isRead),
  };
}

/**
 * The index of one delivery in a folder at another commit. @returns undefined when it has none.
 * @throws Error when it is none
 */
export async function loadIndex(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly commit: string;
    readonly path: string;
    readonly delivery: string;
  },
): Promise<OwnershipIndex | undefined> {
  const { repo, commit, path, delivery } = of;
  const file = [path, indexPath(delivery)].filter(Boolean).join("/");
  const text = await readFile(ado, { repo, commit, path: file });
  if (text === undefined) return undefined;
  const { index, problems } = parseOwnershipIndex(text, file);
  if (index === undefined) throw new Error(problems[0]?.message);
  return index;
}
