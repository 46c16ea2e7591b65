import { readCommitsOnlyIn } from "../../clients/azure-devops/commits.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import { byPromotion } from "../view/environment-order.ts";
import { isNamed } from "./code-repository.ts";
import type { WantedFolder } from "./load-wanted.ts";
import type { Memory } from "./memory.ts";

/** How many code commits one environment of a delivery lacks that the one before it has. */
export type Behind = {
  readonly delivery: string;
  readonly environment: string;
  readonly than: string;
  /** At most `mostCounted`; undefined: it could not be read, or the code is not in this project. */
  readonly commits: number | undefined;
};

export const mostCounted = 100;

/** Compares the code that neighbours in the order of promotion were rendered from. */
export async function loadBehind(
  ado: AzureDevOps,
  of: {
    readonly repositories: readonly Repository[];
    readonly folders: readonly WantedFolder[];
  },
  memory: Memory,
): Promise<readonly Behind[]> {
  const sources = of.folders.flatMap(({ environment, deliveries }) =>
    deliveries.map(({ delivery, provenance: { source } }) => ({ delivery, environment, source })),
  );
  const pairs = sources.flatMap((one) => {
    const [before] = sources
      .filter((other) => other.delivery === one.delivery)
      .filter(({ environment }) => byPromotion(environment, one.environment) < 0)
      .sort((a, b) => byPromotion(b.environment, a.environment));
    return before === undefined ? [] : [{ one, before }];
  });
  return mapLimited(pairs, 4, async ({ one, before }): Promise<Behind> => {
    const { delivery, environment } = one;
    const base = { delivery, environment, than: before.environment };
    const [a, b] = [one.source, before.source];
    if (a === undefined || b === undefined || a.repository !== b.repository) {
      return { ...base, commits: undefined };
    }
    if (a.commit === b.commit) return { ...base, commits: 0 };
    // Runs name it by its address.
    const code = of.repositories.find((one) => isNamed(one, a.repository));
    if (code === undefined) return { ...base, commits: undefined };
    const repo = { project: code.project.id, repository: code.id };
    const only = await memory(["behind", code.id, a.commit, b.commit], () =>
      readCommitsOnlyIn(ado, { repo, commit: b.commit, without: a.commit, top: mostCounted }),
    ).catch(() => undefined);
    return { ...base, commits: only?.length };
  });
}
