import { listCommits } from "../../clients/azure-devops/commits.ts";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import type { Commit, CommitStatus } from "../../core/azure-devops/types.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import { byConnectors } from "../view/connector-statuses.ts";
import { verdictOf } from "../view/verdict.ts";
import { loadIndex, type WantedFolder } from "./load-wanted.ts";
import { unreadOf } from "../view/unread.ts";
import type { Memory } from "./memory.ts";
import { reading, valueOf } from "./read.ts";

/** A commit that changed an environment, with everything that was said about it. */
export type ReportedCommit = Commit & { readonly statuses: readonly CommitStatus[] };

/** What one delivery is known to run. */
export type LastGood = {
  readonly commit: ReportedCommit;
  /** What the delivery consisted of there; undefined: it has none, or none that could be read. */
  readonly index: OwnershipIndex | undefined;
};

export type Deployed = {
  /** Commits that changed the environment, newest first, as far as was looked. */
  readonly commits: readonly ReportedCommit[];
  /** By delivery: the newest commit that the connector saw healthy. */
  readonly lastGood: ReadonlyMap<string, LastGood>;
  /** What could not be read of the indexes of those. */
  readonly problems: readonly string[];
};

/** So far back is looked for the last commit that was seen healthy. */
const mostCommits = 10;

type Of = {
  readonly repo: RepositoryRef;
  /** Head of the branch. */
  readonly head: string;
  readonly folder: WantedFolder;
  /** Whose statuses count; empty: not known. */
  readonly connectors: ReadonlySet<string>;
};

/** Goes back from the newest commit of an environment until each delivery was seen healthy. */
export async function loadDeployed(
  ado: AzureDevOps,
  { repo, head, folder, connectors }: Of,
  memory: Memory,
): Promise<Deployed> {
  const { path, environment, deliveries } = folder;
  const where = [repo.project, repo.repository];
  const commits = await memory(["commits", ...where, head, path], () =>
    listCommits(ado, {
      repo,
      commit: head,
      ...(path === "" ? {} : { path }),
      top: mostCommits,
      firstParent: true,
    }),
  );
  const seen: ReportedCommit[] = [];
  const lastGood = new Map<string, LastGood>();
  const problems: string[] = [];
  for (const [position, commit] of commits.entries()) {
    const { commitId } = commit;
    const load = () => listStatuses(ado, { repo, commit: commitId });
    // Only what was said of the newest one is likely to change while somebody looks.
    const said =
      position === 0 ? await load() : await memory(["statuses", ...where, commitId], load);
    const statuses = byConnectors(said, connectors);
    const reported = { ...commit, statuses };
    seen.push(reported);
    for (const { delivery } of deliveries) {
      const verdict = verdictOf(statuses, `${delivery}/${environment}`);
      if (lastGood.has(delivery) || verdict?.state !== "succeeded") continue;
      const read = await reading(
        memory(
          ["index", ...where, commitId, path, delivery],
          () => loadIndex(ado, { repo, commit: commitId, path, delivery }),
          (found) => found !== undefined,
        ),
      );
      const what = `What ${delivery} was in ${environment} at ${commitId.slice(0, 8)}`;
      problems.push(...unreadOf(what, read));
      lastGood.set(delivery, { commit: reported, index: valueOf(read) });
    }
    if (lastGood.size === deliveries.length) break;
  }
  return { commits: seen, lastGood, problems };
}
