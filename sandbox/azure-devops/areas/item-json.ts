import type { TreeEntry } from "../git/objects.ts";
import type { Host } from "../host.ts";
import type { Repository } from "../repository.ts";
import { repositoryUrl } from "./repository-json.ts";

export type ItemPlace = {
  readonly organisation: Host;
  readonly repository: Repository;
  readonly commit: string;
};

/** A file or folder as the service answers it. */
export function itemJson(
  { organisation, repository, commit }: ItemPlace,
  entry: TreeEntry,
  { withMetadata }: { readonly withMetadata: boolean },
) {
  const root = repositoryUrl(organisation, repository);
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  return {
    objectId: entry.id,
    gitObjectType: entry.type,
    commitId: commit,
    path: `/${entry.path}`,
    ...(entry.type === "tree" ? { isFolder: true } : {}),
    ...(entry.mode === "120000" ? { isSymLink: true } : {}),
    ...(withMetadata ? { contentMetadata: metadataOf(entry) } : {}),
    url: `${root}/items/${path}?versionType=Commit&version=${commit}&versionOptions=None`,
  };
}

const contentTypes: Readonly<Record<string, string>> = {
  json: "application/json",
  md: "text/plain",
  txt: "text/plain",
  xml: "application/xml",
  html: "text/html",
};

function metadataOf({ type, path }: TreeEntry) {
  const fileName = path.split("/").at(-1) ?? "";
  if (type === "tree") return { fileName };
  const extension = /\.([^.]+)$/.exec(fileName)?.[1] ?? "";
  return {
    encoding: 65001,
    contentType: contentTypes[extension] ?? "application/octet-stream",
    fileName,
    extension,
  };
}
