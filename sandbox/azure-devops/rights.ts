import { ApiError } from "./api-error.ts";
import type { Identity, Right } from "./identity.ts";
import type { Permission, Repository } from "./repository.ts";

export type Place = { readonly repository: Repository; readonly ref?: string };

/**
 * Whether an identity has a right on a repository, or on one branch of it. The nearest place that
 * says something decides; there "deny" wins. Whoever made a branch may force-push and delete it.
 */
export function hasRight(identity: Identity, right: Right, { repository, ref }: Place): boolean {
  const own = repository.permissions
    .filter((one) => one.identity === identity.name && covers(one, ref))
    .sort((a, b) => (b.ref?.length ?? 0) - (a.ref?.length ?? 0));
  for (const place of new Set(own.map((one) => one.ref))) {
    const here = own.filter((one) => one.ref === place);
    if (here.some(({ deny }) => deny?.includes(right))) return false;
    if (here.some(({ allow }) => allow?.includes(right))) return true;
  }
  if (right === "ForcePush" && ref !== undefined && repository.creators.get(ref) === identity) {
    return true;
  }
  return identity.rights.has(right);
}

/** TF401027, as the service words it. */
export function lacks(
  identity: Identity,
  right: Right,
  scope: "repository" | "branch" | "project",
) {
  return new ApiError(
    403,
    "GitNeedsPermissionException",
    `TF401027: You need the Git '${right}' permission to perform this action. Details: identity '${identity.uniqueName}', scope '${scope}'.`,
  );
}

function covers({ ref: place }: Permission, ref: string | undefined): boolean {
  if (place === undefined) return true;
  if (ref === undefined) return false;
  return place.endsWith("/") ? ref.startsWith(place) : ref === place;
}
