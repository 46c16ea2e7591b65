import { readBlobs } from "../../clients/azure-devops/blobs.ts";
import { getTimeline, listBuilds } from "../../clients/azure-devops/builds.ts";
import { getCommit } from "../../clients/azure-devops/commits.ts";
import { readChangedPaths } from "../../clients/azure-devops/diffs.ts";
import type { Build, FileChange, TimelineRecord } from "../../core/azure-devops/types.ts";
import { causeText, FluxgateError } from "../../core/errors.ts";
import type { CommitFiles } from "../../core/merge/flux-roots.ts";
import { reasonToJudgeAnew } from "../../core/merge/foreign-moves.ts";
import type { Deps } from "./deps.ts";
import type { Inputs } from "./inputs.ts";

type Merge = {
  /** The target's commit of this merge. */
  readonly before: string;
  /** The pull request's own. */
  readonly source: string | undefined;
  readonly files: CommitFiles;
  readonly changed: readonly string[];
};

// More than that is read faster by judging anew.
const mostMoved = 500;

/**
 * The run of this pipeline whose green verdict on the same commit still stands, since only other
 * clusters' files of the target moved; undefined where it must be judged anew, with why in the log.
 * All that it goes by is the service's own: runs of this pipeline on this pull request, the commits
 * that they were at, and that this very version of the task succeeded there.
 */
export async function findEarlierVerdict(
  inputs: Inputs,
  deps: Deps,
  merge: Merge,
): Promise<Build | undefined> {
  const { pullRequest, definition } = inputs;
  const { source } = merge;
  if (pullRequest === undefined || definition === undefined || source === undefined) {
    return undefined;
  }
  const { log } = deps;
  try {
    const [build] = await listBuilds(deps.ado, {
      ...{ project: inputs.project, status: "completed", definitions: [definition], top: 1 },
      branch: `refs/pull/${pullRequest}/merge`,
      results: ["succeeded"],
    });
    if (build === undefined) return undefined;
    const reason = await readReason(build, { inputs, deps, merge: { ...merge, source } });
    if (reason === undefined) return build;
    log.info(`Judged anew: ${reason}`);
  } catch (error) {
    if (!(error instanceof FluxgateError)) throw error;
    log.info(`Judged anew, since the run before cannot be read: ${causeText(error)}`);
  }
  return undefined;
}

async function readReason(
  build: Build,
  {
    inputs,
    deps: { ado },
    merge,
  }: {
    readonly inputs: Inputs;
    readonly deps: Deps;
    readonly merge: Merge & { readonly source: string };
  },
): Promise<string | undefined> {
  const { project, repository } = inputs;
  const repo = { project, repository };
  const [target, source] =
    (await getCommit(ado, { repo, commit: build.sourceVersion }))?.parents ?? [];
  if (target === undefined) return "the merge of the run before is gone";
  if (source !== merge.source) return "the pull request has changed";
  const [then, now] = await Promise.all([
    readOwnRecords(ado, { project, build: build.id }),
    readOwnRecords(ado, { project, build: inputs.build }),
  ]);
  const version = now[0]?.task?.version;
  const judged = then.some(
    ({ task, result }) => result === "succeeded" && task?.version === version,
  );
  if (version === undefined || !judged) return "this version of the task has not judged it";
  const moved = await readChangedPaths(ado, { repo, base: target, target: merge.before });
  if (moved.length > mostMoved) return `${moved.length} files of the target have moved`;
  const files = await readFilesThen(ado, { repo, moved, now: merge.files });
  if (files === undefined) return "what the target was then cannot be read";
  return reasonToJudgeAnew({
    ...{ then: files, now: merge.files, changed: merge.changed, repository: inputs.address },
    moved: moved.flatMap(({ path, originalPath = path }) => [path, originalPath]),
  });
}

async function readOwnRecords(
  ado: Deps["ado"],
  of: { readonly project: string; readonly build: number },
): Promise<readonly TimelineRecord[]> {
  const { records = [] } = (await getTimeline(ado, of)) ?? {};
  return records.filter(({ task }) => task?.name === "ValidateManifests");
}

/** The merge's files with what moved on the target put back. */
async function readFilesThen(
  ado: Deps["ado"],
  given: {
    readonly repo: { readonly project: string; readonly repository: string };
    readonly moved: readonly FileChange[];
    readonly now: CommitFiles;
  },
): Promise<CommitFiles | undefined> {
  const { repo, moved, now } = given;
  const files = new Map(now);
  const old = moved.filter(({ changeType }) => !/\badd\b/.test(changeType));
  const ids = old.map(({ originalBlob, blob }) => originalBlob ?? blob);
  if (ids.some((id) => id === undefined)) return undefined;
  const blobs = await readBlobs(ado, { repo, ids: ids.filter((id) => id !== undefined) });
  for (const { path } of moved) files.delete(path);
  for (const [at, { path, originalPath = path }] of old.entries()) {
    const bytes = blobs.get(ids[at] ?? "");
    if (!(bytes instanceof Uint8Array)) return undefined;
    files.set(originalPath, new TextDecoder().decode(bytes));
  }
  return files;
}
