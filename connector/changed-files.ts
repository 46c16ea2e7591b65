import type { FileChange } from "../core/azure-devops/types.ts";
import { changedByIndex, changedWithoutIndex } from "../core/gate/changed-files.ts";
import { foldersAround, isUnder } from "../core/flux/folder.ts";
import type { ChangedFile } from "../core/gate/gate-input.ts";
import { inFolder, type OwnedFile } from "../core/render/ownership-index.ts";
import type { EnvironmentConfig } from "../core/connector-config/config.ts";
import type { Connector } from "./connector.ts";
import { findNewestSucceeded } from "./baseline.ts";
import { readBefore, readTexts, withBefore } from "./changed-texts.ts";
import { readBasesOf } from "./environment-files.ts";
import type { Replaced } from "./builds/side-files.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";

type Released = ReadonlyMap<string, readonly string[]>;

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
  /** Of the Kustomizations that bring the environment's. */
  readonly bringing: readonly string[];
  /** Of charts in git that releases take: folder or file → their clusters (`EnvironmentCharts`). */
  readonly released?: Released;
  /** All of the delivery's files, whatever was there before. */
  readonly whole: boolean;
  /** Of the statuses that tell the baseline. */
  readonly maxAgeMs: number;
};

/** What X changed, and what it changed it from. */
export type Changes = {
  readonly changed: readonly ChangedFile[];
  /** What came with X in the folders of what brings the environment (`GateInput.above`). */
  readonly above?: readonly ChangedFile[];
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
    name: `${delivery}/${environment.name}`,
    maxAgeMs: question.maxAgeMs,
  });
  const index = base && (await repository.index(base, folder, delivery));
  if (!index) return all();
  const differing = await repository.differing(base, commit);
  const found = changedByIndex({ folder, atX, baseline: { index, differing } });
  const changed = await readBefore(repository, found, differing);
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
  const { repository, environment, commit, places, released } = question;
  const history = await repository.history(commit, environment.path);
  const base = await findNewestSucceeded(connector, repository, {
    commits: history.filter((one) => one !== commit),
    name: environment.name,
    maxAgeMs: question.maxAgeMs,
  });
  if (base === undefined) return readChangedOfCommit(question);
  const all = new Set((await repository.differing(base, commit)).values());
  const isIn = ({ path }: FileChange) => liesInAny(path, places);
  const changes = [...all].filter(
    (change) => isIn(change) && !/(^|\/)\.fluxgate\//.test(change.path),
  );
  const rest = [...all].filter((change) => !isIn(change));
  const charts = await readReleased(repository, rest, released);
  if (changes.length + charts.length === 0) return readChangedOfCommit(question);
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
      ...charts,
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
  /** Whatever else came. */
  readonly others: readonly FileChange[];
}> {
  const came = await repository.cameWith(commit, onto);
  const changes = came?.changes ?? (await repository.changes(commit));
  const [, parent] = came ? [] : await repository.history(commit, "");
  return {
    before: came?.before ?? parent,
    changes: changes.filter(({ path }) => liesInAny(path, places)),
    others: changes.filter(({ path }) => !liesInAny(path, places)),
  };
}

function liesInAny(path: string, places: readonly string[]): boolean {
  return places.some((place) => isUnder(path, place));
}

/** What came with X in the environment, with the objects in it. */
async function readChangedOfCommit(question: Omit<Question, "delivery">): Promise<Changes> {
  const { repository, commit, bringing, released } = question;
  const { before, changes, others } = await readAllThatCame(question);
  const around: string[] = [];
  for (const path of others.length === 0 ? [] : bringing) {
    around.push(path, ...(await readBasesOf(repository, commit, path)));
  }
  const files = others.filter(({ path }) => liesInAny(path, around));
  const read = async (those: readonly FileChange[]) => {
    const texts = await readTexts(repository, those, { before, commit });
    return changedWithoutIndex(withBefore(texts));
  };
  const [changed, above] = [await read(changes), ofFluxAlone(await read(files))];
  return {
    changed: [...changed, ...(await readReleased(repository, others, released))],
    replaced: replacedBy([...changes, ...files]),
    ...(above.length === 0 ? {} : { above }),
  };
}

/** Those that releases take: they are no objects of a Kustomization, and are not read as such. */
function readReleased(
  repository: ManifestsRepository,
  others: readonly FileChange[],
  released: Released | undefined,
): Promise<readonly ChangedFile[]> {
  const places = others.flatMap(({ path, originalPath, changeType }) => [
    { path, removed: /delete/.test(changeType) },
    ...(originalPath === undefined ? [] : [{ path: originalPath, removed: true }]),
  ]);
  const files = places.flatMap(({ path, removed }): readonly ChangedFile[] => {
    const releasedIn = clustersOf(path, released);
    return releasedIn.length === 0 ? [] : [{ path, removed, identities: [], releasedIn }];
  });
  const changes = new Map(others.map((change) => [change.path, change]));
  return readBefore(repository, files, changes);
}

function clustersOf(path: string, released: Released = new Map()): readonly string[] {
  return [...new Set(foldersAround(path).flatMap((place) => released.get(place) ?? []))];
}

/** What may make others of Flux objects: these, what they take values from, and what has no objects. */
function ofFluxAlone(files: readonly ChangedFile[]): readonly ChangedFile[] {
  return files.flatMap((file) => {
    const identities = file.identities.filter(
      ({ group, kind }) =>
        group.endsWith(".toolkit.fluxcd.io") ||
        (group === "" && (kind === "ConfigMap" || kind === "Secret")),
    );
    const isOthers = identities.length === 0 && file.identities.length > 0;
    return isOthers ? [] : [{ ...file, identities }];
  });
}
