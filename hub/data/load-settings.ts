import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { Extension } from "../../core/extension.ts";
import type { RuleList } from "../../core/team-rules/team-rule.ts";
import { isOf, loadEnvironments } from "./load-environments.ts";
import { loadRuleSettings, type RuleSettings } from "./load-team-rules.ts";
import { createMemory } from "./memory.ts";
import { reading, valueOf } from "./read.ts";

/** What a manifests repository says of itself. */
export type RepositorySettings = {
  readonly repository: Repository;
  readonly branch: string;
  readonly environments: readonly {
    readonly name: string;
    readonly path: string;
    /** Names of those that have manifests there. */
    readonly deliveries: readonly string[];
  }[];
  /** Undefined: not read. */
  readonly snapshots: readonly EnvironmentSnapshot[] | undefined;
  /** False: there may be more environments, since not all that names them was read. */
  readonly namesRead: boolean;
  readonly rules: Readonly<Record<RuleList, RuleSettings | { readonly error: unknown }>>;
};

export type Settings = {
  readonly repositories: readonly RepositorySettings[];
  /** What could not be read, one sentence each: the rest is shown. */
  readonly problems: readonly unknown[];
};

export async function loadSettings(
  ado: AzureDevOps,
  { project, extension }: { readonly project: string; readonly extension: Extension },
): Promise<Settings> {
  const of = { project, extension, near: undefined, shown: () => [] };
  const found = await loadEnvironments(ado, of, createMemory());
  const { snapshots, problems, reportsRead } = found;
  const read = await mapLimited(found.repositories, 3, async (facts) => {
    const { repository, branch, folders, namesRead } = facts;
    const repo = { project: repository.project.id, repository: repository.id };
    const refs = await reading(listRefs(ado, { repo, filter: `heads/${branch}` }));
    const head = valueOf(refs)?.find(({ name }) => name === `refs/heads/${branch}`);
    const commit = head?.objectId;
    const rulesOf = (list: RuleList) =>
      commit === undefined
        ? { error: "error" in refs ? refs.error : new Error(`There is no branch ${branch}.`) }
        : loadRuleSettings(ado, { repo, commit, list }).catch((error: unknown) => ({ error }));
    const [expected, noise] = [await rulesOf("expected"), await rulesOf("noise")];
    return {
      ...{ repository, branch, rules: { expected, noise } },
      environments: folders.map(({ environment, path, deliveries }) => ({
        name: environment,
        path,
        deliveries: deliveries.map(({ delivery }) => delivery),
      })),
      namesRead,
      snapshots: reportsRead ? snapshots.filter((one) => isOf(one, repository)) : undefined,
    };
  });
  return { repositories: read, problems };
}
