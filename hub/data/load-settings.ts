import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { Extension } from "../../core/extension.ts";
import type { RuleList } from "../../core/team-rules/team-rule.ts";
import { loadEnvironments } from "./load-environments.ts";
import { loadRuleSettings, type RuleSettings } from "./load-team-rules.ts";
import { createMemory } from "./memory.ts";

/** What a manifests repository says of itself. */
export type RepositorySettings = {
  readonly repository: Repository;
  readonly branch: string;
  readonly environments: readonly { readonly name: string; readonly path: string }[];
  readonly snapshots: readonly EnvironmentSnapshot[];
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
  const { repositories, snapshots, problems } = await loadEnvironments(ado, of, createMemory());
  const read = await mapLimited(repositories, 3, async ({ repository, branch, folders }) => {
    const repo = { project: repository.project.id, repository: repository.id };
    const refs = await listRefs(ado, { repo, filter: `heads/${branch}` }).catch(() => []);
    const commit = refs.find(({ name }) => name === `refs/heads/${branch}`)?.objectId;
    const rulesOf = (list: RuleList) =>
      commit === undefined
        ? { error: new Error(`The branch ${branch} cannot be read.`) }
        : loadRuleSettings(ado, { repo, commit, list }).catch((error: unknown) => ({ error }));
    const [expected, noise] = [await rulesOf("expected"), await rulesOf("noise")];
    return {
      ...{ repository, branch, rules: { expected, noise } },
      environments: folders.map(({ environment, path }) => ({ name: environment, path })),
      snapshots: snapshots.filter(({ repository: { name } }) =>
        [repository.name.toLowerCase(), repository.id.toLowerCase()].includes(name.toLowerCase()),
      ),
    };
  });
  return { repositories: read, problems };
}
