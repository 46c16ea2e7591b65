import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import { type Verdict, verdictOf } from "../view/verdict.ts";
import type { Deployed } from "./load-deployed.ts";
import { loadIndex, type WantedFolder } from "./load-wanted.ts";
import type { Memory } from "./memory.ts";

/**
 * The newest word on what a delivery is in an environment now. What was said of an older commit is one
 * only where the delivery was the same there: others' commits come between.
 * @returns undefined where nobody has said anything of it yet
 */
export async function loadJudged(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly folder: WantedFolder;
    readonly delivery: string;
    readonly deployed: Deployed;
  },
  memory: Memory,
): Promise<Verdict | undefined> {
  const { repo, folder, delivery, deployed } = of;
  const { path, environment, deliveries } = folder;
  const name = `${delivery}/${environment}`;
  const [newest, judged] = [
    deployed.commits[0],
    deployed.commits.find(({ statuses }) => verdictOf(statuses, name) !== undefined),
  ];
  if (judged === undefined) return undefined;
  const verdict = verdictOf(judged.statuses, name);
  if (judged === newest) return verdict;
  const own = deliveries.find((one) => one.delivery === delivery);
  const commit = judged.commitId;
  const was = await memory(
    ["index", repo.project, repo.repository, commit, path, delivery],
    () => loadIndex(ado, { repo, commit, path, delivery }),
    (found) => found !== undefined,
  );
  return own !== undefined && was !== undefined && isSame(own, was) ? verdict : undefined;
}

function isSame(a: OwnershipIndex, b: OwnershipIndex): boolean {
  const text = ({ files, provenance: { source } }: OwnershipIndex) =>
    JSON.stringify([
      source?.repository,
      source?.commit,
      ...Object.entries(files)
        .map(([path, { sha256 }]) => `${path} ${sha256}`)
        .sort(),
    ]);
  return text(a) === text(b);
}
