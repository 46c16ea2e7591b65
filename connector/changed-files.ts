import { commitChanges } from "../clients/azure-devops/commits.ts";
import { changedByIndex, changedWithoutIndex } from "../core/gate/changed-files.ts";
import type { ChangedFile } from "../core/gate/gate-input.ts";
import type { EnvironmentConfig } from "./config.ts";
import type { Connector } from "./connector.ts";
import { newestSucceeded } from "./baseline.ts";
import { inFolder, type ManifestsRepository } from "./manifests-repository.ts";
import { indexPath } from "../core/render/ownership-index.ts";

export type Question = {
  readonly repository: ManifestsRepository;
  readonly environment: EnvironmentConfig;
  readonly delivery: string;
  /** X */
  readonly commit: string;
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
  if (!atX) return changedOfCommit(connector, question);
  if (whole) return changedByIndex({ folder, atX });
  const path = inFolder(folder, indexPath(delivery));
  const history = await repository.history(commit, path);
  const baseCommit = await newestSucceeded(connector, repository, {
    commits: history.filter((one) => one !== commit),
    ...{ name: `${delivery}/${environment.name}`, maxAgeMs: question.maxAgeMs },
  });
  const baseline = baseCommit && (await repository.index(baseCommit, folder, delivery));
  return changedByIndex({ folder, atX, ...(baseline ? { baseline } : {}) });
}

async function changedOfCommit(
  connector: Connector,
  { repository, environment, commit }: Question,
): Promise<readonly ChangedFile[]> {
  const prefix = inFolder(environment.path, "");
  const changes = await commitChanges(connector.ado, { repo: repository.ref, commit });
  const own = changes.filter(({ path }) => path.startsWith(prefix));
  const [before] = (await repository.history(commit, "")).slice(1);
  return changedWithoutIndex(
    await Promise.all(
      own.map(async ({ path, changeType }) => {
        const removed = /delete/.test(changeType);
        const at = removed ? before : commit;
        return { path, removed, text: at && (await repository.file(at, path)) };
      }),
    ),
  );
}
