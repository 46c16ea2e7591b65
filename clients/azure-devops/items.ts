import { type AzureDevOps, call, git, list, orAbsent, type RepositoryRef } from "./connection.ts";
import { withoutSlash } from "./connection.ts";

/** A file of a commit: path in the repository without a leading slash, and its blob. */
export type TreeFile = { readonly path: string; readonly blob: string };

type At = { readonly repo: RepositoryRef; readonly commit: string; readonly path: string };

/** Files below a folder (`""` = all); empty when the commit has no such folder. */
export async function listTree(
  ado: AzureDevOps,
  { repo, commit, path, recursive }: At & { readonly recursive: boolean },
): Promise<readonly TreeFile[]> {
  const items = await orAbsent(
    list<{ path: string; objectId: string; gitObjectType: string }>(ado, {
      ...git(repo, "items"),
      query: {
        scopePath: `/${withoutSlash(path)}`,
        recursionLevel: recursive ? "full" : "oneLevel",
        ...version(commit),
      },
    }),
    missingItem,
  );
  return (items ?? [])
    .filter(({ gitObjectType }) => gitObjectType === "blob")
    .map((item) => ({ path: withoutSlash(item.path), blob: item.objectId }));
}

/** A file's text, read as UTF-8. @returns undefined when the commit has no such file. */
export async function readFile(
  ado: AzureDevOps,
  { repo, commit, path }: At,
): Promise<string | undefined> {
  const answer = await orAbsent(
    call(ado, {
      ...git(repo, "items"),
      headers: { Accept: "application/octet-stream" },
      query: { path: `/${withoutSlash(path)}`, ...version(commit) },
    }),
    missingItem,
  );
  return answer?.text();
}

// Another 404 says that the commit itself is unknown: not the same as an absent file.
const missingItem = ["GitItemNotFoundException"];

function version(commit: string) {
  return { "versionDescriptor.version": commit, "versionDescriptor.versionType": "commit" };
}
