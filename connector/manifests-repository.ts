import { commitChanges, isAncestor, listCommits } from "../clients/azure-devops/commits.ts";
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { changedPaths } from "../clients/azure-devops/diffs.ts";
import { listTree, readFile } from "../clients/azure-devops/items.ts";
import { listRefs } from "../clients/azure-devops/refs.ts";
import { listStatuses } from "../clients/azure-devops/statuses.ts";
import type { CommitStatus, FileChange } from "../core/azure-devops/types.ts";
import { getRepository } from "../clients/azure-devops/repositories.ts";
import type { RepositoryAddress } from "../core/azure-devops/urls.ts";
import { TerminalError } from "../core/errors.ts";
import type { Answer } from "../core/gate/gate-input.ts";
import {
  indexPath,
  inFolder,
  parseOwnershipIndex,
  type OwnershipIndex,
} from "../core/render/ownership-index.ts";
import type { RepositoryConfig } from "./config.ts";
import { kustomizationReader } from "./read-kustomizations.ts";
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
  /** The head that was read last. */
  readonly knownHead: () => string | undefined;
  /** Is `commit` contained in `descendant` (equal or an ancestor of it)? */
  readonly contains: (commit: string, descendant: string) => Promise<Answer>;
  readonly index: (
    commit: string,
    folder: string,
    delivery: string,
  ) => Promise<OwnershipIndex | undefined>;
  /** Names of the deliveries that have an index in the folder. */
  readonly deliveries: (commit: string, folder: string) => Promise<readonly string[]>;
  readonly file: (commit: string, path: string) => Promise<string | undefined>;
  /** Files that a commit changed against its first parent. */
  readonly changes: (commit: string) => Promise<readonly FileChange[]>;
  /** Paths of the files that differ between two commits. */
  readonly differing: (base: string, target: string) => Promise<ReadonlySet<string>>;
  /** Paths that the kustomizations in a folder and below take from outside of their folders. */
  readonly references: (commit: string, folder: string) => Promise<readonly string[]>;
  /** All statuses of a commit, at most `maxAgeMs` old. */
  readonly statuses: (commit: string, maxAgeMs: number) => Promise<readonly CommitStatus[]>;
  /** First-parent commits up to `commit` that changed `path`, newest first. */
  readonly history: (commit: string, path: string) => Promise<readonly string[]>;
};

const historyLength = 30;

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
  let head: { readonly at: number; readonly commit: string | undefined } | undefined;
  const contains = remember<Answer>(5_000);
  const indexes = remember<OwnershipIndex | undefined>(200);
  const deliveries = remember<readonly string[]>(200);
  const files = remember<string | undefined>(500);
  const statuses = new Map<
    string,
    { readonly at: number; readonly list: readonly CommitStatus[] }
  >();
  const changes = remember<readonly FileChange[]>(50);
  const differing = remember<ReadonlySet<string>>(50);
  const histories = remember<readonly string[]>(200);
  const repository: ManifestsRepository = {
    config,
    ref: { project: found.project.id, repository: found.id },
    id: found.id,
    projectId: found.project.id,
    addresses: projects.flatMap((project) =>
      names.map((name) => ({ organisationUrl, project, repository: name })),
    ),
    head: async (maxAgeMs) => {
      if (head && Date.now() - head.at <= maxAgeMs) return head.commit;
      const name = `refs/heads/${config.branch}`;
      const refs = await listRefs(ado, { repo: ref, filter: `heads/${config.branch}` });
      const commit = refs.find((one) => one.name === name)?.objectId;
      head = { at: Date.now(), commit };
      return commit;
    },
    knownHead: () => head?.commit,
    contains: (commit, descendant) =>
      commit === descendant
        ? Promise.resolve("yes")
        : contains(`${commit}..${descendant}`, async () =>
            (await isAncestor(ado, { repo: ref, ancestor: commit, descendant })) ? "yes" : "no",
          ).catch(() => "unknown" as const),
    file: (commit, path) =>
      files(`${commit}:${path}`, () => readFile(ado, { repo: ref, commit, path })),
    index: (commit, folder, delivery) =>
      indexes(`${commit}:${folder}:${delivery}`, async () => {
        const path = inFolder(folder, indexPath(delivery));
        const text = await readFile(ado, { repo: ref, commit, path });
        return text === undefined ? undefined : parseOwnershipIndex(text, path).index;
      }),
    deliveries: (commit, folder) =>
      deliveries(`${commit}:${folder}`, async () => {
        const path = inFolder(folder, ".fluxgate");
        const tree = await listTree(ado, { repo: ref, commit, path, recursive: false });
        return tree.flatMap(({ path: file }) => /([^/]+)\.json$/.exec(file)?.[1] ?? []);
      }),
    changes: (commit) => changes(commit, () => commitChanges(ado, { repo: ref, commit })),
    differing: (base, target) =>
      differing(`${base}..${target}`, async () => {
        const files = await changedPaths(ado, { repo: ref, base, target });
        return new Set(files.flatMap(({ path, originalPath = path }) => [path, originalPath]));
      }),
    references: kustomizationReader(ado, ref),
    statuses: async (commit, maxAgeMs) => {
      const known = statuses.get(commit);
      if (known && Date.now() - known.at <= maxAgeMs) return known.list;
      const list = await listStatuses(ado, { repo: ref, commit });
      statuses.set(commit, { at: Date.now(), list });
      const [oldest] = statuses.keys();
      if (statuses.size > 200 && oldest !== undefined) statuses.delete(oldest);
      return list;
    },
    history: (commit, path) =>
      histories(`${commit}:${path}`, async () => {
        const commits = await listCommits(ado, {
          ...{ repo: ref, commit, firstParent: true, top: historyLength },
          ...(path === "" ? {} : { path }),
        });
        return commits.map(({ commitId }) => commitId);
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
