import type { FileChange } from "../core/azure-devops/types.ts";
import { changedByIndex, changedWithoutIndex } from "../core/gate/changed-files.ts";
import { isUnder } from "../core/flux/folder.ts";
import type { ChangedFile } from "../core/gate/gate-input.ts";
import type { EnvironmentConfig } from "./config.ts";
import type { Connector } from "./connector.ts";
import { newestSucceeded } from "./baseline.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";

export type Question = {
  readonly repository: ManifestsRepository;
  readonly environment: EnvironmentConfig;
  readonly delivery: string;
  /** X */
  readonly commit: string;
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
  if (!atX) return changedOfCommit(question);
  if (whole) return changedByIndex({ folder, atX });
  const history = await repository.history(commit, folder);
  const base = await newestSucceeded(connector, repository, {
    commits: history.filter((one) => one !== commit),
    ...{ name: `${delivery}/${environment.name}`, maxAgeMs: question.maxAgeMs },
  });
  const index = base && (await repository.index(base, folder, delivery));
  if (!index) return changedByIndex({ folder, atX });
  const differing = await repository.differing(base, commit);
  return changedByIndex({ folder, atX, baseline: { index, differing } });
}

/** The environment's files that X changed, where no index says whose they are. */
export async function ownChanges({
  repository,
  commit,
  places,
}: Pick<Question, "repository" | "commit" | "places">): Promise<readonly FileChange[]> {
  const changes = await repository.changes(commit);
  return changes.filter(({ path }) => places.some((place) => isUnder(path, place)));
}

async function changedOfCommit(question: Question): Promise<readonly ChangedFile[]> {
  const { repository, commit } = question;
  const own = await ownChanges(question);
  const [before] = (await repository.history(commit, "")).slice(1);
  return changedWithoutIndex(
    await Promise.all(
      own.map(async ({ path, changeType, blob, originalBlob }) => {
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
