// What changed files say, and said before where the gate compares the two.
import type { FileChange } from "../core/azure-devops/types.ts";
import { chartSince, isChartFile } from "../core/gate/chart-since.ts";
import { keepingIn } from "../core/gate/changed-files.ts";
import type { ChangedFile } from "../core/gate/gate-input.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";

const hasBuilds = /kustomize\.toolkit\.fluxcd\.io|kind: *["']?(Helm|Git|OCI)Repository/;
const isManifest = (path: string) => /\.(ya?ml|json)$/i.test(path);

/** The texts of changed files, of removed ones as they were: many in one call. */
export async function readTexts(
  repository: ManifestsRepository,
  changes: readonly FileChange[],
  at: { readonly before: string | undefined; readonly commit: string },
) {
  const files = changes.map(({ path, changeType, blob, originalBlob }) => {
    const removed = /delete/.test(changeType);
    return { path, removed, blob: removed ? originalBlob : blob };
  });
  const wanted = files.flatMap(({ path, blob }) => (isManifest(path) && blob ? [blob] : []));
  const contents = wanted.length === 0 ? undefined : await repository.blobs(wanted);
  return Promise.all(
    files.map(async ({ path, removed, blob }) => {
      const content = blob === undefined ? undefined : contents?.get(blob);
      const commit = removed ? at.before : at.commit;
      if (content instanceof Uint8Array) return { path, removed, text: decoded(content) };
      const isOpen = blob === undefined && commit !== undefined && isManifest(path);
      return { path, removed, text: isOpen ? await repository.file(commit, path) : undefined };
    }),
  );
}

/** The same, with what changed files were that hold Flux Kustomizations, registries, or a chart's version. */
export async function readTextsBefore(
  repository: Pick<ManifestsRepository, "blobs">,
  texts: Awaited<ReturnType<typeof readTexts>>,
  changes: readonly FileChange[],
) {
  const originals = new Map(changes.map(({ path, originalBlob }) => [path, originalBlob]));
  const asked = new Map(
    texts.flatMap(({ path, removed, text = "" }): readonly (readonly [string, string])[] => {
      const original = originals.get(path);
      const isAsked = !removed && (isChartFile(path) || hasBuilds.test(text));
      return isAsked && original !== undefined ? [[path, original]] : [];
    }),
  );
  if (asked.size === 0) return texts;
  const contents = await repository.blobs([...asked.values()]);
  return texts.map((one) => {
    const content = contents.get(asked.get(one.path) ?? "");
    return content instanceof Uint8Array ? { ...one, before: decoded(content) } : one;
  });
}

/** The same, with what a chart's own file said before, and what removed objects said of their deletion. */
export async function readBefore(
  { blobs }: Pick<ManifestsRepository, "blobs">,
  files: readonly ChangedFile[],
  differing: ReadonlyMap<string, FileChange>,
): Promise<readonly ChangedFile[]> {
  const blobsOf = ({ path, removed }: ChangedFile) => {
    const { originalBlob, blob } = differing.get(path) ?? {};
    if (originalBlob === undefined) return [];
    if (removed) return isManifest(path) ? [originalBlob] : [];
    return isChartFile(path) && blob !== undefined ? [originalBlob, blob] : [];
  };
  const wanted = files.flatMap(blobsOf);
  if (wanted.length === 0) return files;
  const contents = await blobs(wanted);
  return files.map((file) => {
    const texts = blobsOf(file).map((id) => contents.get(id));
    const [before, after] = texts.map((one) => one instanceof Uint8Array && decoded(one));
    if (file.removed) return before ? { ...file, ...keepingIn(before, file.path) } : file;
    const chart = before && after ? chartSince(before, after) : undefined;
    return chart === undefined ? file : { ...file, chart };
  });
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
