import type { RepositorySettings } from "../data/load-settings.ts";

/** Something whose roll-up a check can ask for. */
export type RollUpTarget = {
  readonly settings: RepositorySettings;
  readonly environment: string;
  /** Folder; undefined where only a connector's report names the environment. */
  readonly path: string | undefined;
  /** Of the status: `<environment>`, or `<delivery>/<environment>`. */
  readonly name: string;
};

/** Every environment of the repositories, whole and by delivery. */
export function rollUpTargets(
  repositories: readonly RepositorySettings[],
): readonly RollUpTarget[] {
  return repositories.flatMap((settings) => {
    const folders = settings.environments;
    const named = new Set(folders.map(({ name }) => name));
    const reported = (settings.snapshots ?? []).map(({ environment }) => environment);
    const others = [...new Set(reported)].filter((name) => !named.has(name));
    const all = [
      ...folders.map(({ name, path, deliveries }) => ({ name, path, deliveries })),
      ...others.map((name) => ({ name, path: undefined, deliveries: [] })),
    ];
    return all.flatMap(({ name: environment, path, deliveries }) =>
      [environment, ...deliveries.map((one) => `${one}/${environment}`)].map((name) => ({
        ...{ settings, environment, path, name },
      })),
    );
  });
}
