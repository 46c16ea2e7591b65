import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { readFile } from "../../clients/azure-devops/items.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { expectedDifferencesFile } from "../../core/expected-differences.ts";
import type { Extension } from "../../core/extension.ts";
import { loadEnvironments } from "./load-environments.ts";
import { createMemory } from "./memory.ts";

/** What a manifests repository says of itself. */
export type RepositorySettings = {
  readonly repository: Repository;
  readonly branch: string;
  readonly environments: readonly { readonly name: string; readonly path: string }[];
  readonly snapshots: readonly EnvironmentSnapshot[];
  /** Text of the file with expected differences; undefined: the branch has none. */
  readonly expected: string | undefined;
};

export async function loadSettings(
  ado: AzureDevOps,
  { project, extension }: { readonly project: string; readonly extension: Extension },
): Promise<readonly RepositorySettings[]> {
  const of = { project, extension, near: undefined, shown: () => [] };
  const { repositories, snapshots } = await loadEnvironments(ado, of, createMemory());
  return mapLimited(repositories, 3, async ({ repository, branch, folders }) => {
    const repo = { project: repository.project.id, repository: repository.id };
    const [first] = folders;
    const expected =
      first === undefined
        ? undefined
        : await readFile(ado, { repo, commit: first.head, path: expectedDifferencesFile });
    return {
      ...{ repository, branch, expected },
      environments: folders.map(({ environment, path }) => ({ name: environment, path })),
      snapshots: snapshots.filter(({ repository: { name } }) =>
        [repository.name.toLowerCase(), repository.id.toLowerCase()].includes(name.toLowerCase()),
      ),
    };
  });
}
