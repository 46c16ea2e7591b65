import type { FolderFacts, RepositoryFacts } from "../data/load-environments.ts";
import { byPromotion } from "./environment-order.ts";

/** A folder that can be compared, and how the address and the lists call it. */
export type ComparedFolder = {
  readonly key: string;
  readonly repository: RepositoryFacts;
  readonly folder: FolderFacts;
};

/**
 * All folders in the order of promotion: by the environment's name alone, and where several have that
 * name, with their repository (and path), so that none stands for another.
 */
export function comparedFolders(
  repositories: readonly RepositoryFacts[],
): readonly ComparedFolder[] {
  const all = repositories.flatMap((repository) =>
    repository.folders.map((folder) => ({ repository, folder })),
  );
  type One = (typeof all)[number];
  const names: readonly ((one: One) => string)[] = [
    ({ folder }) => folder.environment,
    ({ folder, repository }) => `${folder.environment} of ${repository.repository.name}`,
    ({ folder, repository }) =>
      `${folder.environment} of ${repository.repository.name}, ${folder.path}`,
  ];
  const keyOf = (one: One) => {
    const isAlone = (name: (typeof names)[number]) =>
      all.filter((other) => name(other) === name(one)).length === 1;
    return (names.find(isAlone) ?? names[names.length - 1])?.(one) ?? "";
  };
  return all
    .map((one) => ({ ...one, key: keyOf(one) }))
    .sort((a, b) => byPromotion(a.folder.environment, b.folder.environment));
}
