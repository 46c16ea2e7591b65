import type { FileChange } from "../core/azure-devops/types.ts";
import { changedByIndex, changedWithoutIndex } from "../core/gate/changed-files.ts";
import { isUnder } from "../core/flux/folder.ts";
import type { ChangedFile } from "../core/gate/gate-input.ts";
import type { EnvironmentConfig } from "../core/connector-config/config.ts";
import type { Connector } from "./connector.ts";
import { findNewestSucceeded } from "./baseline.ts";
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
  /** Of the statuses that tell the baseline: 0 before a success is said. */
  readonly maxAgeMs: number;
};

/** What X changed of the delivery in the environment (design.md 4.6, "Changed"). */
export async function readChanged(
  connector: Connector,
  question: Question,
): Promise<readonly ChangedFile[]> {
  const { repository, environment, delivery, commit, whole } = question;
  const folder = environment.path;
  const atX = await repository.index(commit, folder, delivery);
  if (!atX) return readChangedOfCommit(question);
  if (whole) return changedByIndex({ folder, atX });
  const history = await repository.history(commit, folder);
  const base = await findNewestSucceeded(connector, repository, {
    commits: history.filter((one) => one !== commit),
    ...{ name: `${delivery}/${environment.name}`, maxAgeMs: question.maxAgeMs },
  });
  const index = base && (await repository.index(base, folder, delivery));
  if (!index) return changedByIndex({ folder, atX });
  const differing = await repository.differing(base, commit);
  return changedByIndex({ folder, atX, baseline: { index, differing } });
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
export async function readChangedOfCommit(question: OwnQuestion): Promise<readonly ChangedFile[]> {
  const { repository, commit } = question;
  const { before, changes } = await readAllThatCame(question);
  return changedWithoutIndex(
    await Promise.all(
      changes.map(async ({ path, changeType, blob, originalBlob }) => {
        const removed = /delete/.test(changeType);
        const at = removed ? before : commit;
        return {
          path,
          removed,
          text: at && (await repository.file(at, path, removed ? originalBlob : blob)),
        };
      }),
    ),
  );
}
