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
  const times = new Map<string, number>();
  for (const name of all.flatMap(namesOf)) times.set(name, (times.get(name) ?? 0) + 1);
  const keyOf = (one: Omit<ComparedFolder, "key">) => {
    const names = namesOf(one);
    return names.find((name) => times.get(name) === 1) ?? names.at(-1) ?? "";
  };
  return all
    .map((one) => ({ ...one, key: keyOf(one) }))
    .sort((a, b) => byPromotion(a.folder.environment, b.folder.environment));
}

/** Those of the names that mean none of the folders, since several are of that environment. */
export function sharedNames(
  folders: readonly ComparedFolder[],
  names: readonly string[],
): readonly string[] {
  return [...new Set(names)].filter(
    (name) =>
      folders.some(({ folder }) => folder.environment === name) &&
      !folders.some(({ key }) => key === name),
  );
}

/** The shortest first. */
function namesOf({ repository, folder }: Omit<ComparedFolder, "key">): readonly string[] {
  const { environment, path } = folder;
  const ofRepository = `${environment} of ${repository.repository.name}`;
  return [environment, ofRepository, `${ofRepository}, ${path}`];
}
