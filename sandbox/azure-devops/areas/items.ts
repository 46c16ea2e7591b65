import { refusals } from "../api-error.ts";
import { entryAt, listTree, readBlob, type TreeEntry } from "../git/objects.ts";
import { listOf, type Call, type Route } from "../route.ts";
import type { Repository } from "../state.ts";
import { commitOf, repositoryOf } from "./git-call.ts";

// Items - Get, List (REST 7.1). The Accept header or $format chooses between JSON and content.
export const itemRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "items",
    id: "fb93c0db-47ed-4a31-8c20-47552878fb44",
    template: "{project?}/_apis/git/repositories/{repositoryId}/items",
    methods: { GET: getItems },
  },
  {
    area: "git",
    resource: "blobs",
    id: "7b28e929-2c99-405d-9c5c-6167a06e6816",
    template: "{project?}/_apis/git/repositories/{repositoryId}/blobs/{sha1}",
    methods: {
      GET: async (call) => ({
        content: {
          type: "application/octet-stream",
          bytes: await readBlob(repositoryOf(call).directory, call.params["sha1"] ?? ""),
        },
      }),
    },
  },
];

async function getItems(call: Call) {
  const repository = repositoryOf(call);
  const commit = await commitOf(call, repository, "versionDescriptor");
  const scope = call.query["scopepath"];
  const path = clean(scope ?? call.query["path"] ?? "/");
  const entry = await entryAt(repository.directory, { commit, path });
  if (!entry) throw refusals.item(`/${path}`, commit);
  const recursion = (call.query["recursionlevel"] ?? "none").toLowerCase();
  if (scope === undefined && recursion === "none")
    return oneItem(call, { repository, commit, entry });

  const below =
    entry.type === "tree" && recursion !== "none"
      ? await listTree(repository.directory, { commit, path, recursive: recursion === "full" })
      : [];
  const at = { call, repository, commit };
  return listOf([entry, ...below].map((one) => itemJson(at, one)));
}

async function oneItem(
  call: Call,
  at: { readonly repository: Repository; readonly commit: string; readonly entry: TreeEntry },
) {
  const { repository, commit, entry } = at;
  const format = call.query["$format"]?.toLowerCase();
  const wantsJson = format === "json" || (format === undefined && /json/.test(call.accept));
  if (entry.type === "tree") return { json: itemJson({ call, repository, commit }, entry) };
  const bytes = await readBlob(repository.directory, entry.id);
  if (!wantsJson) {
    const type = format === "text" ? "text/plain" : "application/octet-stream";
    return { content: { type, bytes } };
  }
  const content =
    call.query["includecontent"] === "true" ? { content: bytes.toString("utf8") } : {};
  return { json: { ...itemJson({ call, repository, commit }, entry), ...content } };
}

function itemJson(
  at: { readonly call: Call; readonly repository: Repository; readonly commit: string },
  entry: TreeEntry,
) {
  const { call, repository, commit } = at;
  const root = `${call.organisation.url}/${repository.project.id}/_apis/git/repositories/${repository.id}`;
  return {
    objectId: entry.id,
    gitObjectType: entry.type,
    commitId: commit,
    path: `/${entry.path}`,
    ...(entry.type === "tree" ? { isFolder: true } : {}),
    url: `${root}/items/${entry.path}?versionType=Commit&version=${commit}&versionOptions=None`,
  };
}

function clean(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}
