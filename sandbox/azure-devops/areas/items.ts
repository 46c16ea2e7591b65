import { refusals } from "../api-error.ts";
import { readEntryAt, listTree, readBlob, type TreeEntry } from "../git/objects.ts";
import { runGitForBytes } from "../git/run-git.ts";
import type { Answer, Call, Route } from "../route.ts";
import type { Repository } from "../repository.ts";
import { commitOf, repositoryOf } from "./git-call.ts";
import { itemJson, type ItemPlace } from "./item-json.ts";
import { gitList } from "./repositories.ts";

// Items - Get, List (REST 7.1). The Accept header or $format chooses between JSON and content.
export const itemRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "items",
    id: "fb93c0db-47ed-4a31-8c20-47552878fb44",
    template: "{project?}/_apis/git/repositories/{repositoryId}/items/{*path}",
    methods: { GET: getItems },
  },
];

async function getItems(call: Call): Promise<Answer> {
  const repository = repositoryOf(call);
  const commit = await commitOf(call, repository, "versionDescriptor");
  const scope = call.query["scopepath"];
  const path = cleanPath(scope ?? call.query["path"] ?? call.params["path"] ?? "/");
  const entry = await readEntryAt(repository.directory, { commit, path });
  if (!entry) throw refusals.item(`/${path}`, call.query["versiondescriptor.version"] ?? commit);
  const recursion = recursionOf(call.query["recursionlevel"]);
  const place = { organisation: call.organisation, repository, commit };
  const format = formatOf(call);
  if (format === "zip") return { content: await zip(repository, commit, path), headers: {} };
  if (recursion === "none" && (scope === undefined || entry.type === "blob")) {
    return readOneItem(call, place, entry);
  }
  const items = await listItemsBelow(repository, { commit, entry, recursion });
  const withMetadata = isTrue(call, "includecontentmetadata");
  return gitList(
    items.map((one) =>
      itemJson(place, one, { withMetadata: withMetadata && one.path === entry.path }),
    ),
  );
}

export type Recursion = "none" | "oneLevel" | "full";

/** By name in any case, or as the number that clients in browsers send. */
export function recursionOf(text: string | undefined): Recursion {
  switch ((text ?? "none").toLowerCase()) {
    case "full":
    case "120":
      return "full";
    case "onelevel":
    case "1":
    case "onelevelplusnestedemptyfolders":
    case "4":
      return "oneLevel";
    default:
      return "none";
  }
}

export function cleanPath(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}

/** An item and what is below it. */
export async function listItemsBelow(
  { directory }: Repository,
  at: { readonly commit: string; readonly entry: TreeEntry; readonly recursion: Recursion },
): Promise<readonly TreeEntry[]> {
  const { commit, entry, recursion } = at;
  if (entry.type !== "tree" || recursion === "none") return [entry];
  const recursive = recursion === "full";
  return [entry, ...(await listTree(directory, { commit, path: entry.path, recursive }))];
}

async function readOneItem(call: Call, place: ItemPlace, entry: TreeEntry): Promise<Answer> {
  const withMetadata = isTrue(call, "includecontentmetadata");
  const item = itemJson(place, entry, { withMetadata });
  if (entry.type === "tree") return { json: item };
  const format = formatOf(call);
  const bytes = await readBlob(place.repository.directory, entry.id);
  if (format === "json") {
    if (!isTrue(call, "includecontent")) return { json: item };
    const isBinary = bytes.subarray(0, 8000).includes(0);
    const content = isBinary ? bytes.toString("base64") : withoutMark(bytes.toString("utf8"));
    return { json: { ...item, content } };
  }
  const name = entry.path.split("/").at(-1) ?? "";
  const type = format === "text" ? "text/plain" : "application/octet-stream";
  return {
    content: { type, bytes },
    headers: isTrue(call, "download")
      ? { "Content-Disposition": `attachment; filename="${encodeURIComponent(name)}"` }
      : {},
  };
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

function formatOf(call: Call): "json" | "zip" | "text" | "octetStream" {
  const asked = (call.query["$format"] ?? "").toLowerCase();
  if (asked === "json" || asked === "zip" || asked === "text") return asked;
  if (asked === "octetstream") return "octetStream";
  if (/application\/zip/.test(call.accept)) return "zip";
  if (/text\/plain/.test(call.accept)) return "text";
  return /json/.test(call.accept) ? "json" : "octetStream";
}

async function zip({ directory }: Repository, commit: string, path: string) {
  const what = path === "" ? commit : `${commit}:${path}`;
  const bytes = await runGitForBytes(directory, ["archive", "--format=zip", what]);
  return { type: "application/zip", bytes };
}

function isTrue(call: Call, name: string): boolean {
  return call.query[name]?.toLowerCase() === "true";
}
