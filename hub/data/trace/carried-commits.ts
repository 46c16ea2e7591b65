// Which code commits a run brought: not only the one that it rendered, but all since the last merge.
import { readCodeCommitsOnlyIn } from "../../../clients/azure-devops/code-commits.ts";
import type { AzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { findCodeRepository } from "../code-repository.ts";
import type { Memory } from "../memory.ts";
import { takeVisible } from "../read.ts";
import { loadSource, type Made } from "./trace-source.ts";

export type Carried = { readonly commit: string; readonly workItems: readonly number[] };

/** Of a run that brought more, the newest. */
const mostCarried = 100;

/**
 * The commit that a run rendered, and those between it and what was merged into the environment
 * before. What the viewer may not see of the code's history is left out.
 */
export async function loadCarried(
  ado: AzureDevOps,
  of: {
    readonly one: Made;
    /** Newest first. */
    readonly made: readonly Made[];
    readonly look: Memory;
  },
  memory: Memory,
): Promise<readonly Carried[]> {
  const { one, made, look } = of;
  const source = await loadSource(ado, one.pullRequest, memory);
  if (source === undefined) return [];
  const own = { commit: source.commit, workItems: [] };
  const before = made
    .slice(made.indexOf(one) + 1)
    .find((other) => other.pullRequest.status === "completed" && isSameTarget(one, other));
  const last = before && (await loadSource(ado, before.pullRequest, memory));
  if (last === undefined || last.repository !== source.repository) return [own];
  const project = one.pullRequest.repository.project.id;
  const code = await takeVisible(
    findCodeRepository(ado, { named: source.repository, project }, look),
  );
  if (code === undefined) return [own];
  const repo = { project: code.project.id, repository: code.id };
  const between = await takeVisible(
    memory(["carried", code.id, source.commit, last.commit], () =>
      readCodeCommitsOnlyIn(ado, {
        ...{ repo, commit: source.commit, without: last.commit, top: mostCarried },
      }),
    ),
  );
  return [
    own,
    ...(between ?? []).map(({ commitId, workItems }) => ({ commit: commitId, workItems })),
  ];
}

function isSameTarget({ branch: a, pullRequest }: Made, { branch: b, pullRequest: other }: Made) {
  return (
    a.delivery === b.delivery &&
    a.environment === b.environment &&
    pullRequest.repository.id === other.repository.id
  );
}
