import type { FileChange } from "../core/azure-devops/types.ts";
import { changedByIndex, changedWithoutIndex } from "../core/gate/changed-files.ts";
import { isUnder } from "../core/flux/folder.ts";
import type { ChangedFile } from "../core/gate/gate-input.ts";
import { inFolder, type OwnedFile } from "../core/render/ownership-index.ts";
import type { EnvironmentConfig } from "../core/connector-config/config.ts";
import type { Connector } from "./connector.ts";
import { findNewestSucceeded } from "./baseline.ts";
import type { Replaced } from "./builds/side-files.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";

export type Question = {
  readonly repository: ManifestsRepository;
  readonly environment: EnvironmentConfig;
  readonly delivery: string;
  /** X */
  readonly commit: string;
  /** What the branch was before X, where its pull request says so. */
  readonly onto: string | undefined;
  /** Where the environment's files lie at X. */
  readonly places: readonly string[];
  /** All of the delivery's files, whatever was there before. */
  readonly whole: boolean;
  /** Of the statuses that tell the baseline. */
  readonly maxAgeMs: number;
};

/** What X changed, and what it changed it from. */
export type Changes = {
  readonly changed: readonly ChangedFile[];
  /**
   * Path → the blob that was there before X, undefined where none was. Absent where all files are
   * looked at, whatever was there before.
   */
  readonly replaced?: Replaced;
};

/** What X changed of the delivery in the environment (design.md 4.6, "Changed"). */
export async function readChanged(
  connector: Pick<Connector, "me">,
  question: Question,
): Promise<Changes> {
  const { repository, environment, delivery, commit, whole } = question;
  const folder = environment.path;
  const atX = await repository.index(commit, folder, delivery);
  if (!atX) return readChangedOfCommit(question);
  const all = () => ({ changed: changedByIndex({ folder, atX }) });
  if (whole) return all();
  const history = await repository.history(commit, folder);
  const base = await findNewestSucceeded(connector, repository, {
    commits: history.filter((one) => one !== commit),
    ...{ name: `${delivery}/${environment.name}`, maxAgeMs: question.maxAgeMs },
  });
  const index = base && (await repository.index(base, folder, delivery));
  if (!index) return all();
  const differing = await repository.differing(base, commit);
  const changed = changedByIndex({ folder, atX, baseline: { index, differing } });
  const own = changed.flatMap(({ path }) => differing.get(path) ?? []);
  return own.length === 0 ? { changed } : { changed, replaced: replacedBy(own) };
}

/** What files were before they were changed, as far as the service says. */
function replacedBy(changes: readonly FileChange[]): Replaced {
  const replaced = new Map<string, string | undefined>();
  for (const { path, changeType, originalBlob, originalPath } of changes) {
    const isNew = originalPath !== undefined || /add/.test(changeType);
    replaced.set(path, isNew ? undefined : originalBlob);
    if (originalPath !== undefined) replaced.set(originalPath, originalBlob);
  }
  return replaced;
}

/**
 * What changed in the environment since all of it was last seen healthy; what came with X where it
 * never was. Objects of rendered files are known from the indexes.
 */
export async function readChangedOfAll(
  connector: Pick<Connector, "me">,
  question: Omit<Question, "delivery">,
): Promise<Changes> {
  const { repository, environment, commit, places } = question;
  const history = await repository.history(commit, environment.path);
  const base = await findNewestSucceeded(connector, repository, {
    commits: history.filter((one) => one !== commit),
    ...{ name: environment.name, maxAgeMs: question.maxAgeMs },
  });
  if (base === undefined) return readChangedOfCommit(question);
  const all = new Set((await repository.differing(base, commit)).values());
  const changes = [...all].filter(
    ({ path }) => places.some((place) => isUnder(path, place)) && !/(^|\/)\.fluxgate\//.test(path),
  );
  if (changes.length === 0) return readChangedOfCommit(question);
  const rendered = await readRendered(repository, environment.path, commit);
  const known = changes.filter(({ path, changeType }) => isKnown(path, changeType));
  const others = changes.filter(({ path, changeType }) => !isKnown(path, changeType));
  const texts = await readTexts(repository, others, { before: base, commit });
  return {
    changed: [
      ...known.map(({ path }) => {
        const identity = rendered.get(path)?.identity;
        return { path, removed: false, identities: identity === undefined ? [] : [identity] };
      }),
      ...changedWithoutIndex(texts),
    ],
    replaced: replacedBy(changes),
  };

  function isKnown(path: string, changeType: string): boolean {
    return rendered.has(path) && !/delete/.test(changeType);
  }
}

async function readRendered(
  repository: ManifestsRepository,
  folder: string,
  commit: string,
): Promise<ReadonlyMap<string, OwnedFile>> {
  const files = new Map<string, OwnedFile>();
  for (const delivery of await repository.deliveries(commit, folder)) {
    const index = await repository.index(commit, folder, delivery);
    for (const [path, file] of Object.entries(index?.files ?? {})) {
      files.set(inFolder(folder, path), file);
    }
  }
  return files;
}

/** The environment's files that came with X, where no index says whose they are. */
export async function readOwnChanges(question: OwnQuestion): Promise<readonly FileChange[]> {
  return (await readAllThatCame(question)).changes;
}

type OwnQuestion = Pick<Question, "repository" | "commit" | "places" | "onto">;

async function readAllThatCame({ repository, commit, places, onto }: OwnQuestion): Promise<{
  readonly before: string | undefined;
  readonly changes: readonly FileChange[];
}> {
  const came = await repository.cameWith(commit, onto);
  const changes = came?.changes ?? (await repository.changes(commit));
  const [, parent] = came ? [] : await repository.history(commit, "");
  return {
    before: came?.before ?? parent,
    changes: changes.filter(({ path }) => places.some((place) => isUnder(path, place))),
  };
}

/** What came with X in the environment, with the objects in it. */
async function readChangedOfCommit(question: OwnQuestion): Promise<Changes> {
  const { repository, commit } = question;
  const { before, changes } = await readAllThatCame(question);
  const texts = await readTexts(repository, changes, { before, commit });
  const changed = changedWithoutIndex(await withTextsBefore(repository, texts, changes));
  return { changed, replaced: replacedBy(changes) };
}

/** The texts of changed files, of removed ones as they were: many in one call. */
async function readTexts(
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

/** The same, with what changed files were that hold Flux Kustomizations. */
async function withTextsBefore(
  repository: Pick<ManifestsRepository, "blobs">,
  texts: Awaited<ReturnType<typeof readTexts>>,
  changes: readonly FileChange[],
) {
  const originals = new Map(changes.map(({ path, originalBlob }) => [path, originalBlob]));
  const asked = new Map(
    texts.flatMap(({ path, removed, text = "" }): readonly (readonly [string, string])[] => {
      const original = originals.get(path);
      const isAsked = !removed && /kustomize\.toolkit\.fluxcd\.io/.test(text);
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

const isManifest = (path: string) => /\.(ya?ml|json)$/i.test(path);

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
