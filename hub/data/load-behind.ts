import { readCommitsOnlyIn } from "../../clients/azure-devops/commits.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import { byPromotion } from "../view/environment-order.ts";
import { isNamed } from "./code-repository.ts";
import type { WantedFolder } from "./load-wanted.ts";
import type { Memory } from "./memory.ts";
import { reading } from "./read.ts";

/** How many code commits one environment of a delivery lacks that the one before it has. */
export type Behind = {
  readonly delivery: string;
  readonly environment: string;
  readonly than: string;
  /** At most `mostCounted`; undefined: the code is not in this project, or not for this viewer. */
  readonly commits: number | undefined;
  /** Why it could not be counted. */
  readonly unread?: unknown;
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
    const only = await reading(
      memory(["behind", code.id, a.commit, b.commit], () =>
        readCommitsOnlyIn(ado, { repo, commit: b.commit, without: a.commit, top: mostCounted }),
      ),
    );
    if ("error" in only) return { ...base, commits: undefined, unread: only.error };
    return { ...base, commits: only.value.length };
  });
}
