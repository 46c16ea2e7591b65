// Who is behind what a pipeline pushed: who asked for its run, and who wrote the code that it deploys.
import { findBuild } from "../../clients/azure-devops/builds.ts";
import {
  listBuildsOfConsumed,
  listConsumedRuns,
} from "../../clients/azure-devops/consumed-runs.ts";
import { parseRunUrl } from "../../core/azure-devops/urls.ts";
import type { Build, PullRequest } from "../../core/azure-devops/types.ts";
import type { Involved } from "../../core/four-eyes/decide-four-eyes.ts";
import type { CommitTrailers } from "../../core/run/trailers.ts";
import { environmentsOf, type Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { findCodeCommit } from "../reconcilers/code-commit.ts";
import { isPerson, someoneIn, someoneOf, type Directory } from "./directory.ts";
import { readRange, readWriters, type Found } from "./read-writers.ts";

/** What of the connector the reading of a run needs. */
export type RunRoom = Pick<Connector, "ado" | "config" | "log">;

export type RunQuestion = {
  readonly repository: ManifestsRepository;
  readonly pullRequest: PullRequest;
  /** Whose build service pushed the commit. */
  readonly project: string;
  readonly trailers: CommitTrailers | undefined;
};

/** @throws what the service answers to reading */
export async function readRun(
  room: RunRoom,
  directory: Directory,
  question: RunQuestion,
): Promise<Found> {
  const { project, trailers } = question;
  const id = parseRunUrl(trailers?.run ?? "")?.build;
  if (trailers === undefined || id === undefined) {
    return untold("a pipeline pushed a commit that does not say of which run it is");
  }
  const build = await findBuild(room.ado, { project, build: id });
  if (build === undefined) return untold(`run ${id} is not to be seen`);
  const requesters = await readRequesters(room, directory, build);
  const code = await readCode(room, directory, { ...question, trailers, build });
  return {
    ...code,
    involved: [...requesters, ...code.involved],
  };
}

function untold(text: string): Found {
  return { involved: [], unclear: [text] };
}

// For whom it runs and who queued it, and the same of the runs of CI that it consumes.
async function readRequesters(
  { ado }: Pick<Connector, "ado">,
  directory: Directory,
  build: Build,
): Promise<readonly Involved[]> {
  const project = build.project.id;
  const consumed = await listConsumedRuns(ado, {
    ...{ project, definition: build.definition.id, build: build.id },
  });
  const runs = (
    await Promise.all(consumed.map((run) => listBuildsOfConsumed(ado, { project, run })))
  ).flat();
  const found: Involved[] = [];
  for (const { id, requestedFor, requestedBy } of [build, ...runs]) {
    for (const who of [requestedFor, requestedBy]) {
      if (who === undefined) continue;
      const known = await directory.byId(who.id);
      if (!isPerson(known?.descriptor ?? who.descriptor)) continue;
      found.push({ who: known ? someoneOf(known) : someoneIn(who), how: `asked for run ${id}` });
    }
  }
  return found;
}

// The code commits since what the target branch holds.
async function readCode(
  room: RunRoom,
  directory: Directory,
  of: RunQuestion & { readonly trailers: CommitTrailers; readonly build: Build },
): Promise<Found> {
  const { repository, pullRequest, trailers, build } = of;
  const source = await findCodeCommit(room, { build, trailers });
  if (source === undefined) return untold(`the code of run ${build.id} is not to be seen`);
  const environment = environmentsOf(room, repository).find(
    ({ name }) => name === trailers.environment,
  );
  const target = pullRequest.lastMergeTargetCommit?.commitId;
  if (environment === undefined || target === undefined) {
    return untold(`what ${trailers.environment} held before cannot be told`);
  }
  const index = await repository.index(target, environment.path, trailers.delivery);
  const without = index?.provenance.source?.commit;
  const repo = { project: build.project.id, repository: source.repository };
  const range = await readRange(room, {
    repo,
    commit: source.commit,
    ...(without === undefined ? {} : { without }),
  });
  const writers: Found[] = [];
  for (const { commitId: commit } of range.commits) {
    writers.push(await readWriters(room, directory, { repo, commit }));
  }
  const involved = writers.flatMap((one) => one.involved);
  const unclear = [...range.unclear, ...writers.flatMap((one) => one.unclear)];
  // All the history came with it: nobody asks who was here years ago.
  if (without === undefined && unclear.length > 0) {
    const left = "nothing was deployed before: earlier writers whom nobody here knows are left out";
    return { involved, unclear: [], notes: [left] };
  }
  return { involved, unclear };
}
