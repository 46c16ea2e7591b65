// Whether a run brought an image: as its index has it, or, of images that CI did not build, as any of
// the environment's files names it.
import { readBlobs } from "../../../clients/azure-devops/blobs.ts";
import type { AzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { listTree } from "../../../clients/azure-devops/items.ts";
import { HttpError } from "../../../core/errors.ts";
import { parseImage } from "../../../core/manifests/images.ts";
import type { TraceQuery } from "../../view/trace-query.ts";
import { loadWanted } from "../load-wanted.ts";
import type { Memory } from "../memory.ts";
import { type Made, repoOf } from "./trace-source.ts";

/** Of a folder with more files the rest is not looked at. */
const mostFiles = 500;

type Of = Made & { readonly query: TraceQuery & { readonly kind: "image" } };

export async function lookForImage(ado: AzureDevOps, of: Of, memory: Memory): Promise<boolean> {
  const { pullRequest, branch, query } = of;
  const commit = pullRequest.lastMergeSourceCommit?.commitId;
  if (commit === undefined) return false;
  const repo = repoOf(pullRequest);
  const found = await memory(["images", repo.repository, commit, branch.environment], async () => {
    const { folders, isRead, problems } = await loadWanted(ado, { repo, commit });
    if (!isRead) throw new Error(problems[0]);
    const folder = folders.find(({ environment }) => environment === branch.environment);
    if (folder === undefined) return [];
    const { path } = folder;
    const index = folder.deliveries.find(({ delivery }) => delivery === branch.delivery);
    const built = Object.entries(index?.provenance.images ?? {}).map(([name, version]) =>
      version.startsWith("@") ? `${name}${version}` : `${name}:${version}`,
    );
    const paths = Object.keys(index?.files ?? {}).filter(mayNameImages);
    const own = new Set(paths.map((one) => (path === "" ? one : `${path}/${one}`)));
    const files = await listTree(ado, { repo, commit, path, recursive: true });
    const blobs = files.filter((file) => own.has(file.path)).map(({ blob }) => blob);
    const texts = await readTexts(ado, { repo, blobs: blobs.slice(0, mostFiles) }, memory);
    return [...built, ...texts.flatMap(imagesInText)];
  });
  return found.some((image) => isAsked(image, query));
}

// Values of Secrets are nobody's to search.
function mayNameImages(path: string): boolean {
  return /\.ya?ml$/.test(path) && !/(?:^|[/_])v1_secret_[^/]*$/.test(path);
}

/** Most files are the same from one run to the next: each is read once. */
async function readTexts(
  ado: AzureDevOps,
  of: { readonly repo: ReturnType<typeof repoOf>; readonly blobs: readonly string[] },
  memory: Memory,
): Promise<readonly string[]> {
  const key = ["texts", of.repo.repository];
  const known = await memory(key, () => Promise.resolve(new Map<string, string>()));
  const missing = of.blobs.filter((id) => !known.has(id));
  if (missing.length > 0) {
    const decoder = new TextDecoder();
    const read = await readBlobs(ado, { repo: of.repo, ids: missing });
    for (const [id, content] of read) {
      // An image that was not looked for would pass for one that is nowhere.
      if (content instanceof HttpError) throw content;
      known.set(id, decoder.decode(content));
    }
  }
  return of.blobs.flatMap((id) => known.get(id) ?? []);
}

function imagesInText(text: string): readonly string[] {
  return [...text.matchAll(/\bimage: +["']?([^\s"']{1,500})/g)].map(([, image = ""]) => image);
}

/** By its name or the end of it, and by tag, digest or both; a name alone is any version. */
export function isAsked(image: string, { name, version }: Of["query"]): boolean {
  const own = parseImage(image);
  const named = name === "" || own.name === name || own.name.endsWith(`/${name}`);
  if (!named || version === undefined) return named;
  const [tag = "", digest] = version.split("@");
  const sameTag = tag === "" || own.tag === tag;
  return sameTag && (digest === undefined || own.digest?.startsWith(digest) === true);
}
