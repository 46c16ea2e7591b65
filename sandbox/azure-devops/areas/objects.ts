import { zipSync } from "fflate";
import { refusals } from "../api-error.ts";
import { listTree, readObjectSize, readObjectType, readBlob } from "../git/objects.ts";
import { readBlobs } from "../git/read-blobs.ts";
import type { Answer, Call, Route } from "../route.ts";
import type { Repository } from "../repository.ts";
import { repositoryOf } from "./git-call.ts";
import { repositoryUrl } from "./repository-json.ts";

const base = "{project?}/_apis/git/repositories/{repositoryId}";

// Blobs - Get, Get Blobs Zip; Trees - Get (REST 7.1).
export const objectRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "blobs",
    id: "7b28e929-2c99-405d-9c5c-6167a06e6816",
    template: `${base}/blobs/{sha1?}`,
    methods: { GET: getBlob, POST: getBlobsZip },
  },
  {
    area: "git",
    resource: "trees",
    id: "729f6437-6f92-44ec-8bee-273a7111063c",
    template: `${base}/trees/{sha1}`,
    methods: { GET: getTree },
  },
];

async function readObjectOf(call: Call, repository: Repository, type: "blob" | "tree") {
  const id = call.params["sha1"] ?? "";
  const found = await readObjectType(repository.directory, id);
  if (found !== type) throw refusals.object(id, 404);
  return id;
}

async function getBlob(call: Call): Promise<Answer> {
  const repository = repositoryOf(call);
  const id = await readObjectOf(call, repository, "blob");
  const format = call.query["$format"]?.toLowerCase();
  const wantsJson = format === "json" || (format === undefined && /json/.test(call.accept));
  if (!wantsJson) {
    const type = format === "text" ? "text/plain" : "application/octet-stream";
    return { content: { type, bytes: await readBlob(repository.directory, id) } };
  }
  const root = repositoryUrl(call.organisation, repository);
  const url = `${root}/blobs/${id}`;
  const size = await readObjectSize(repository.directory, id);
  const _links = { self: { href: url }, repository: { href: root } };
  return { json: { objectId: id, size, url, _links } };
}

// Names in the zip are not documented; the ids are what tells entries apart.
async function getBlobsZip(call: Call): Promise<Answer> {
  const { directory } = repositoryOf(call);
  const ids = Array.isArray(call.body) ? call.body.map(String) : undefined;
  if (ids === undefined) throw refusals.argument("Value cannot be null. Parameter name: blobIds");
  const blobs = await readBlobs(directory, ids);
  const stranger = ids.find((id) => !blobs.has(id));
  if (stranger !== undefined) throw refusals.object(stranger, 404);
  const bytes = zipSync(Object.fromEntries(blobs), { level: 1 });
  return { content: { type: "application/zip", bytes: Buffer.from(bytes) } };
}

async function getTree(call: Call) {
  const repository = repositoryOf(call);
  const id = await readObjectOf(call, repository, "tree");
  const recursive = call.query["recursive"]?.toLowerCase() === "true";
  const root = repositoryUrl(call.organisation, repository);
  const entries = await listTree(repository.directory, { commit: id, path: "", recursive });
  const url = `${root}/trees/${id}`;
  const treeEntries = entries.map(({ id: objectId, path, mode, type, size = 0 }) => ({
    objectId,
    relativePath: path,
    mode: mode.replace(/^0/, ""),
    gitObjectType: type,
    url: `${root}/${type === "tree" ? "trees" : "blobs"}/${objectId}`,
    size,
  }));
  return {
    json: {
      objectId: id,
      url,
      treeEntries,
      size: treeEntries.reduce((sum, { size }) => sum + size, 0),
      _links: { self: { href: url }, repository: { href: root } },
    },
  };
}
