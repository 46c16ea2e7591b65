// What changed files say, and said before where the gate compares the two.
import type { FileChange } from "../core/azure-devops/types.ts";
import { chartSince, isChartFile } from "../core/gate/chart-since.ts";
import { keepingIn } from "../core/gate/changed-files.ts";
import type { ChangedFile } from "../core/gate/gate-input.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";

const hasBuilds = /kustomize\.toolkit\.fluxcd\.io|kind: *["']?(Helm|Git|OCI)Repository/;
const isManifest = (path: string) => /\.(ya?ml|json)$/i.test(path);

/** The texts of changed files, of removed ones as they were, and what the others were: all in one call. */
export async function readTexts(
  repository: ManifestsRepository,
  changes: readonly FileChange[],
  at: { readonly before: string | undefined; readonly commit: string },
) {
  const files = changes.map(({ path, changeType, blob, originalBlob }) => {
    const removed = /delete/.test(changeType);
    return { path, removed, blob: removed ? originalBlob : blob, was: removed ? "" : originalBlob };
  });
  const wanted = files.flatMap(({ path, blob, was }) => (isManifest(path) ? [blob, was] : []));
  const ids = [...new Set(wanted.filter(Boolean))] as readonly string[];
  const contents = ids.length === 0 ? undefined : await repository.blobs(ids);
  const textOf = (blob: string | undefined) => {
    const content = blob === undefined ? undefined : contents?.get(blob);
    return content instanceof Uint8Array ? decoded(content) : undefined;
  };
  return Promise.all(
    files.map(async ({ path, removed, blob, was }) => {
      const [known, original] = [textOf(blob), textOf(was)];
      const commit = removed ? at.before : at.commit;
      const isOpen = blob === undefined && commit !== undefined && isManifest(path);
      const text = known ?? (isOpen ? await repository.file(commit, path) : undefined);
      return { path, removed, text, ...(original === undefined ? {} : { original }) };
    }),
  );
}

/** The same, with what those were before whose builds or versions the gate compares. */
export function withBefore(texts: Awaited<ReturnType<typeof readTexts>>) {
  return texts.map((one) => {
    const { path, text = "", original } = one;
    const isAsked = isChartFile(path) || hasBuilds.test(text);
    return isAsked && original !== undefined ? { ...one, before: original } : one;
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
