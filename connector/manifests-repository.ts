import { LRUCache } from "lru-cache";
import { commitChanges, listCommits } from "../clients/azure-devops/commits.ts";
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { readDifference } from "../clients/azure-devops/diffs.ts";
import {
  askWhetherItem,
  listFolder,
  readFile,
  type TreeFile,
} from "../clients/azure-devops/items.ts";
import type { CommitStatus, FileChange } from "../core/azure-devops/types.ts";
import { getRepository } from "../clients/azure-devops/repositories.ts";
import type { RepositoryAddress } from "../core/azure-devops/urls.ts";
import { TerminalError } from "../core/errors.ts";
import type { Answer } from "../core/gate/gate-input.ts";
import { type OwnershipIndex } from "../core/render/ownership-index.ts";
import { createAncestry } from "./ancestry.ts";
import { cameWithReader, type CameWith } from "./came-with.ts";
import type { RepositoryConfig } from "../core/connector-config/config.ts";
import { headReader } from "./head-reader.ts";
import { indexReader } from "./index-reader.ts";
import { statusReader } from "./status-reader.ts";
import { liesIn } from "../core/flux/folder.ts";
import { followTrees } from "./follow-trees.ts";
import { kustomizationReader, type ReadKustomizations } from "./read-kustomizations.ts";
import { contentReader, type ReadContents } from "./read-contents.ts";
import { treeReader, type ReadTree } from "./read-trees.ts";
import { remember } from "./remember.ts";

/** A manifests repository's branch; what commits hold is asked once and remembered. */
export type ManifestsRepository = {
  readonly config: RepositoryConfig;
  readonly ref: RepositoryRef;
  readonly id: string;
  readonly projectId: string;
  /** By names and by ids, as git addresses name it. */
  readonly addresses: readonly RepositoryAddress[];
  /** The branch's head, at most `maxAgeMs` old; undefined while the branch does not exist. */
  readonly head: (maxAgeMs: number) => Promise<string | undefined>;
  /** The same where nothing ends by it: a merge that was seen tells the head as well. */
  readonly presumedHead: (maxAgeMs: number) => Promise<string | undefined>;
  /** A pull request that was read just now has moved the branch. */
  readonly sawMerge: (merge: { readonly from: string; readonly to: string }) => void;
  /** What the branch was before a merge that was seen made this commit of it. */
  readonly beforeMerge: (commit: string) => string | undefined;
  /** Something tells that the head may have moved. */
  readonly doubtHead: () => void;
  /** The head that was read last. */
  readonly knownHead: () => string | undefined;
  /** It became the head while this process looked on: no earlier life has said anything of it. */
  readonly hasArrived: (commit: string) => boolean;
  /** Is a commit that Flux has fetched a sign of another head? Of each once. */
  readonly isNews: (commit: string) => boolean;
  /** Is `commit` contained in `descendant` (equal or an ancestor of it)? */
  readonly contains: (commit: string, descendant: string) => Promise<Answer>;
  /** The same, where a "no" ends a run: two different calls must say it now. */
  readonly surelyContains: (commit: string, descendant: string) => Promise<Answer>;
  readonly index: (
    commit: string,
    folder: string,
    delivery: string,
  ) => Promise<OwnershipIndex | undefined>;
  /** Names of the deliveries that have an index in the folder. */
  readonly deliveries: (commit: string, folder: string) => Promise<readonly string[]>;
  /** Text of the folder's freeze file; undefined where there surely is none. */
  readonly freeze: (commit: string, folder: string) => Promise<string | undefined>;
  /** A file's text; where its blob is known, no other text is believed. */
  readonly file: (commit: string, path: string, blob?: string) => Promise<string | undefined>;
  /** Files that a commit changed against its first parent. */
  readonly changes: (commit: string) => Promise<readonly FileChange[]>;
  /** The same of all that came to the branch with it; undefined where that is not known. */
  readonly cameWith: (commit: string, onto?: string) => Promise<CameWith | undefined>;
  /** Files that differ between two commits, by their paths at both. */
  readonly differing: (base: string, target: string) => Promise<ReadonlyMap<string, FileChange>>;
  /** The files of a folder and below, and what its kustomizations do. */
  readonly kustomizations: ReadKustomizations;
  /** Files of a commit in a folder and below. */
  readonly tree: ReadTree;
  /** Files of a commit in a folder, not below. */
  readonly beside: (commit: string, folder: string) => Promise<readonly TreeFile[]>;
  /** Is there such a folder? Asked now, of the folder around it. */
  readonly hasFolder: (commit: string, folder: string) => Promise<boolean>;
  /** Contents by their ids in git, in one call whatever their number. */
  readonly blobs: ReadContents;
  /** Fluxgate's statuses of a commit but those of single Flux objects, at most `maxAgeMs` old. */
  readonly statuses: (commit: string, maxAgeMs: number) => Promise<readonly CommitStatus[]>;
  /** All of them, asked for now. */
  readonly allStatuses: (commit: string) => Promise<readonly CommitStatus[]>;
  /** What was posted just now: known without asking. */
  readonly noteStatus: (commit: string, status: CommitStatus) => void;
  /** First-parent commits up to `commit` that changed `path`, newest first. */
  readonly history: (commit: string, path: string) => Promise<readonly string[]>;
};

const historyLength = 30;

// Some hundred bytes each; commits and files of each cache together.
const mostFiles = 50_000;
// Of one head each Kustomization's place may be asked for.
const mostOfHistories = 200_000;
const mostCommits = 5_000;
const mostCharacters = 16 * 1024 * 1024;
const weighed = {
  mostEntries: mostFiles,
  entriesOf: ({ length }: { readonly length: number }) => length,
};

const isNotEmpty = ({ length }: { readonly length: number }) => length > 0;

/** @throws TerminalError when the repository is not there for this identity. */
export async function openRepository(
  ado: AzureDevOps,
  config: RepositoryConfig,
): Promise<ManifestsRepository> {
  const ref = { project: config.project, repository: config.repository };
  const found = await getRepository(ado, ref);
  if (!found) throw repositoryMissing(config);
  const { organisationUrl } = ado;
  const projects = [found.project.name, found.project.id];
  const names = [found.name, found.id];
  const ancestry = createAncestry(ado, ref);
  const files = remember<string | undefined>({
    mostEntries: mostCharacters,
    entriesOf: (text) => text?.length ?? 0,
    isFinal: (text) => text !== undefined,
  });
  const changes = remember<readonly FileChange[]>({ ...weighed, isFinal: isNotEmpty });
  const differing = remember<ReadonlyMap<string, FileChange>>({
    mostEntries: mostFiles,
    entriesOf: ({ size }) => size,
    isFinal: ({ size }) => size > 0,
  });
  const besides = remember<Awaited<ReturnType<typeof listFolder>>>({
    mostEntries: mostFiles,
    entriesOf: ({ files: { length } }) => length,
    // A folder that holds folders alone is there, and so is its emptiness.
    isFinal: ({ isThere }) => isThere,
  });
  const readDiffering = (base: string, target: string) =>
    differing(`${base}..${target}`, async () => {
      const { changes: files, common } = await readDifference(ado, { repo: ref, base, target });
      // Flux' objects are at either of them, foreign ones too: so none costs a question.
      if (common !== undefined) ancestry.learnCommon(base, target, common);
      return new Map(
        files.flatMap((file) => [
          ...(file.originalPath === undefined ? [] : [[file.originalPath, file] as const]),
          [file.path, file] as const,
        ]),
      );
    });
  const readTree = treeReader(ado, ref);
  const tree = followTrees(
    async (commit, folder) => ({ files: await readTree(commit, folder), isSure: false }),
    readDiffering,
  );
  const beside = followTrees(
    async (commit, path) => {
      const ask = () => listFolder(ado, { repo: ref, commit, path });
      const { files, isThere } = await besides(`${commit}:${path}`, ask);
      return { files, isSure: isThere };
    },
    readDiffering,
    liesIn,
  );
  const blobs = contentReader(ado, ref);
  const histories = remember<readonly string[]>({
    ...{ ...weighed, mostEntries: mostOfHistories, isFinal: isNotEmpty },
  });

  // The histories of one head after another are mostly of the same commits.
  const commitIds = new LRUCache<string, string>({ max: mostCommits });
  const one = (id: string) => {
    const known = commitIds.get(id) ?? id;
    commitIds.set(id, known);
    return known;
  };

  const heads = headReader(ado, { repo: ref, branch: config.branch });
  const ownership = indexReader(ado, ref, readDiffering);
  const told = statusReader(ado, ref, heads.hasArrived);

  const repository: ManifestsRepository = {
    config,
    ref: { project: found.project.id, repository: found.id },
    id: found.id,
    projectId: found.project.id,
    addresses: projects.flatMap((project) =>
      names.map((name) => ({ organisationUrl, project, repository: name })),
    ),
    ...{
      head: heads.read,
      presumedHead: heads.presume,
      sawMerge: heads.sawMerge,
      beforeMerge: heads.beforeMerge,
      doubtHead: heads.doubt,
      knownHead: heads.known,
      hasArrived: heads.hasArrived,
      isNews: heads.isNews,
    },
    contains: ancestry.contains,
    surelyContains: ancestry.surelyContains,
    file: (commit, path, blob) =>
      files(`${commit}:${path}`, () =>
        readFile(ado, { repo: ref, commit, path, ...(blob === undefined ? {} : { blob }) }),
      ),
    ...{ index: ownership.index, deliveries: ownership.deliveries, freeze: ownership.freeze },
    changes: (commit) => changes(commit, () => commitChanges(ado, { repo: ref, commit })),
    cameWith: cameWithReader(ado, {
      ...{ repo: ref, branch: config.branch, contains: ancestry.contains },
    }),
    differing: readDiffering,
    kustomizations: kustomizationReader({ tree, blobs }),
    tree,
    blobs,
    beside,
    hasFolder: (commit, path) => askWhetherItem(ado, { repo: ref, commit, path }),
    statuses: told.read,
    allStatuses: told.readAll,
    noteStatus: told.note,
    history: (commit, path) =>
      histories(`${commit}:${path}`, async () => {
        const commits = await listCommits(ado, {
          ...{ repo: ref, commit, firstParent: true, top: historyLength },
          ...(path === "" ? {} : { path }),
        });
        const ids = commits.map(({ commitId }) => one(commitId));
        ancestry.learn(ids);
        return ids;
      }),
  };
  return repository;
}

export function repositoryMissing(
  { project, repository }: RepositoryConfig,
  cause?: unknown,
): TerminalError {
  return new TerminalError(
    `Failed to open repository ${project}/${repository}: it does not exist, or the connector's identity may not read it`,
    {
      code: "repository-missing",
      hint: "Check project and repository in the configuration, and grant Read on it.",
      cause,
    },
  );
}
