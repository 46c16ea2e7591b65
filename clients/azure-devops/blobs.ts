// Contents of files by their ids in git. Many come in one answer, so that the number of calls does
// not grow with the number of files.
import { unzipSync } from "fflate";
import { HttpError } from "../../core/errors.ts";
import { digestGitBlob } from "../git-blob-id.ts";
import { mapLimited } from "../map-limited.ts";
import { type AzureDevOps, call, git, oddAnswer, type RepositoryRef } from "./connection.ts";

/** The bytes, or why they could not be read: one file over the bound hides no other. */
export type BlobContent = Uint8Array | HttpError;

const largestArchive = 64 * 1024 * 1024;
const fewest = 3;
const atOnce = 6;

/**
 * Reads blobs by their ids, each once. An entry of the archive counts for the id that its bytes
 * have, whatever it is named (UNVERIFIED: "Blobs - Get Blobs Zip" does not document the names);
 * what the archive does not hold, or a host that refuses archives, is read one by one.
 * @throws HttpError when the repository cannot be read at all
 */
export async function readBlobs(
  ado: AzureDevOps,
  { repo, ids }: { readonly repo: RepositoryRef; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, BlobContent>> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, BlobContent>();
  if (wanted.length >= fewest) {
    for (const bytes of await readArchive(ado, { repo, ids: wanted })) {
      found.set(await digestGitBlob(bytes), bytes);
    }
  }
  const missing = wanted.filter((id) => !found.has(id));
  await mapLimited(missing, atOnce, async (id) => {
    found.set(id, await readBlob(ado, { repo, id }));
  });
  return found;
}

async function readArchive(
  ado: AzureDevOps,
  { repo, ids }: { readonly repo: RepositoryRef; readonly ids: readonly string[] },
): Promise<readonly Uint8Array[]> {
  try {
    const answer = await call(ado, {
      ...git(repo, "blobs"),
      method: "POST",
      json: ids,
      query: { $format: "zip" },
      headers: { Accept: "application/zip" },
      maxBytes: largestArchive,
      // It only reads.
      retry: true,
    });
    let size = 0;
    const entries = unzipSync(answer.bytes(), {
      filter: ({ originalSize }) => (size += originalSize) <= largestArchive,
    });
    return Object.values(entries);
  } catch {
    // Refused, too large or no archive: reading them one by one says what is wrong with which.
    return [];
  }
}

async function readBlob(
  ado: AzureDevOps,
  { repo, id }: { readonly repo: RepositoryRef; readonly id: string },
): Promise<BlobContent> {
  try {
    const answer = await call(ado, {
      ...git(repo, "blobs", id),
      query: { $format: "octetStream" },
      headers: { Accept: "application/octet-stream" },
    });
    const bytes = answer.bytes();
    if ((await digestGitBlob(bytes)) !== id) throw oddAnswer(`it is not blob ${id}`);
    return bytes;
  } catch (error) {
    if (error instanceof HttpError && aboutOneFile(error)) return error;
    throw error;
  }
}

// Anything else (a sign-in that ended, a service that is away) would be said of every file.
function aboutOneFile({ code, status }: HttpError): boolean {
  return code === "answer-too-large" || status === 404 || status === 400;
}
