import {
  type AzureDevOps,
  call,
  git,
  largestList,
  list,
  oddAnswer,
  takeOrAbsent,
  type RepositoryRef,
  withoutSlash,
} from "./connection.ts";
import { digestGitBlob } from "../git-blob-id.ts";

/** A file of a commit: path in the repository without a leading slash, and its blob. */
export type TreeFile = { readonly path: string; readonly blob: string };

/** What else may stand in a file's place; a submodule's blob is a commit of another repository. */
export type TreeEntry = TreeFile & { readonly kind?: "link" | "submodule" };

type At = { readonly repo: RepositoryRef; readonly commit: string; readonly path: string };

type Item = {
  readonly path: string;
  readonly objectId: string;
  readonly gitObjectType: string;
  readonly isSymLink?: boolean;
};

/** Files below a folder (`""` = all); empty when the commit has no such folder. */
export async function listTree(
  ado: AzureDevOps,
  { recursive, ...at }: At & { readonly recursive: boolean },
): Promise<readonly TreeFile[]> {
  const items = await listItemsOf(ado, at, recursive ? "full" : "oneLevel");
  return (items ?? []).filter(isFile).map(toFile);
}

/**
 * All of a commit that is no folder. UNVERIFIED: that the service lists submodules, and as commits
 * (`GitObjectType` has the word).
 */
export async function listWholeTree(
  ado: AzureDevOps,
  at: Omit<At, "path">,
): Promise<readonly TreeEntry[]> {
  const items = await listItemsOf(ado, { ...at, path: "" }, "full");
  return (items ?? []).flatMap((item): readonly TreeEntry[] => {
    if (item.gitObjectType === "commit") return [{ ...toFile(item), kind: "submodule" }];
    if (!isFile(item)) return [];
    return [{ ...toFile(item), ...(item.isSymLink === true ? { kind: "link" } : {}) }];
  });
}

function isFile({ gitObjectType }: Item): boolean {
  return gitObjectType === "blob";
}

function toFile({ path, objectId }: Item): TreeFile {
  return { path: withoutSlash(path), blob: objectId };
}

/** Files of a folder, not below; whether the folder is there, with or without files of its own. */
export async function listFolder(
  ado: AzureDevOps,
  at: At,
): Promise<{ readonly files: readonly TreeFile[]; readonly isThere: boolean }> {
  const items = (await listItemsOf(ado, at, "oneLevel")) ?? [];
  return { files: items.filter(isFile).map(toFile), isThere: items.length > 0 };
}

/**
 * As {@link listTree}, but the absence of a folder is certain: the folder around it was read and does
 * not have it. @throws HttpError while the two contradict each other.
 */
export async function listExistingTree(
  ado: AzureDevOps,
  { recursive, ...at }: At & { readonly recursive: boolean },
): Promise<readonly TreeFile[]> {
  const found = await listTree(ado, { ...at, recursive });
  if (found.length === 0 && (await askWhetherItem(ado, at))) {
    // A folder without files may hold folders; git keeps no empty ones.
    const items = await listItemsOf(ado, at, "oneLevel");
    if (recursive || (items ?? []).length < 2) throw oddAnswer(`folder ${at.path} was not listed`);
  }
  return found;
}

/**
 * Does the commit have the file or folder? By the folders around it, up to the first that is there.
 * @throws HttpError where the commit has no files at all, by what the service says
 */
export async function askWhetherItem(ado: AzureDevOps, { path, ...of }: At): Promise<boolean> {
  const folders = withoutSlash(path)
    .split("/")
    .filter((part) => part !== "");
  if (folders.length === 0) return false;
  const within = folders.map((_, depth) => folders.slice(0, depth + 1).join("/")).reverse();
  for (const [index, one] of within.entries()) {
    const around = within[index + 1] ?? "";
    const items = await listItemsOf(ado, { ...of, path: around }, "oneLevel");
    if (items?.some((item) => withoutSlash(item.path) === one)) return index === 0;
    if (items && items.length > 0) return false;
  }
  throw oddAnswer(`commit ${of.commit} has no files`);
}

function listItemsOf(
  ado: AzureDevOps,
  { repo, commit, path }: At,
  recursionLevel: "full" | "oneLevel",
): Promise<readonly Item[] | undefined> {
  return takeOrAbsent(
    list<Item>(ado, {
      maxBytes: largestList,
      ...git(repo, "items"),
      query: { scopePath: `/${withoutSlash(path)}`, recursionLevel, ...version(commit) },
    }),
    missingItem,
  );
}

/**
 * A file that is often absent, looked for from the root down: a browser complains of each 404, and a
 * repository without the folder costs one call. @returns undefined when the commit has no such file
 */
export async function findFile(ado: AzureDevOps, at: At): Promise<TreeFile | undefined> {
  const parts = withoutSlash(at.path).split("/");
  for (const depth of parts.keys()) {
    const around = parts.slice(0, depth).join("/");
    const wanted = parts.slice(0, depth + 1).join("/");
    const items = (await listItemsOf(ado, { ...at, path: around }, "oneLevel")) ?? [];
    const found = items.find((item) => withoutSlash(item.path) === wanted);
    if (found === undefined) return undefined;
    if (found.gitObjectType === "blob") return { path: wanted, blob: found.objectId };
  }
  return undefined;
}

/**
 * Files below a folder that is often absent, looked for as {@link findFile} does: empty only where the
 * folder around it was read and does not have it.
 */
export async function findTree(ado: AzureDevOps, at: At): Promise<readonly TreeFile[]> {
  const parts = withoutSlash(at.path).split("/");
  for (const depth of parts.keys()) {
    const around = parts.slice(0, depth).join("/");
    const wanted = parts.slice(0, depth + 1).join("/");
    const items = await listItemsOf(ado, { ...at, path: around }, "oneLevel");
    if (items === undefined) throw oddAnswer(`folder /${around} was not listed`);
    const isThere = items.some(
      ({ path, gitObjectType }) => withoutSlash(path) === wanted && gitObjectType === "tree",
    );
    if (!isThere) return [];
  }
  return listExistingTree(ado, { ...at, recursive: true });
}

/**
 * A file's text, read as UTF-8. @returns undefined when the commit has no such file.
 * @param of.blob the file's id in git, where it is known: another text has to be answered twice
 */
export async function readFile(
  ado: AzureDevOps,
  { blob, ...at }: At & { readonly blob?: string },
): Promise<string | undefined> {
  const answer = await rawFile(ado, at);
  if (blob === undefined) return answer?.text();
  const id = answer && (await digestGitBlob(answer.bytes()));
  if (id === blob) return answer?.text();
  // The service may convert what it stores, and then does so each time.
  const again = await rawFile(ado, at);
  const idAgain = again && (await digestGitBlob(again.bytes()));
  if (idAgain === blob || (id !== undefined && id === idAgain)) return again?.text();
  throw oddAnswer(`it is not ${at.path} of ${at.commit}`);
}

function rawFile(ado: AzureDevOps, { repo, commit, path }: At) {
  return takeOrAbsent(
    call(ado, {
      ...git(repo, "items"),
      headers: { Accept: "application/octet-stream" },
      query: { path: `/${withoutSlash(path)}`, ...version(commit) },
    }),
    missingItem,
  );
}

// Another 404 says that the commit itself is unknown: not the same as an absent file.
const missingItem = ["GitItemNotFoundException"];

function version(commit: string) {
  return { "versionDescriptor.version": commit, "versionDescriptor.versionType": "commit" };
}
