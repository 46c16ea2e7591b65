import { hasRight } from "../rights.ts";
import type { Grant } from "../identity.ts";
import type { Repository } from "../repository.ts";

/** The repository of that name or id, unless the token may not see it: then it is as absent. */
export function visibleRepository(
  repositories: readonly Repository[],
  nameOrId: string,
  grant: Grant,
): Repository | undefined {
  const wanted = nameOrId.toLowerCase();
  const found = repositories.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  return found && maySee(found, grant) ? found : undefined;
}

export function maySee(repository: Repository, { identity, repositories }: Grant): boolean {
  if (repository.hiddenFrom.has(identity.name)) return false;
  if (!hasRight(identity, "GenericRead", { repository })) return false;
  return repositories === "all" || repositories.has(repository.id);
}
