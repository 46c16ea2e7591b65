import type { IdentityRef } from "../azure-devops/types.ts";

/**
 * Is this a Build service identity of the organisation? Its descriptor is `svc.` and the base64url
 * of `{host}:Build:{id}`, where id is a project or the collection (research: platform §10.2).
 */
export function isBuildIdentity(
  identity: IdentityRef | undefined,
  { host, ids }: { readonly host: string; readonly ids: readonly string[] },
): boolean {
  const [, encoded] = /^svc\.([A-Za-z0-9_-]+)$/.exec(identity?.descriptor ?? "") ?? [];
  if (encoded === undefined || host === "") return false;
  const text = decoded(encoded)?.toLowerCase();
  return ids.some((id) => id !== "" && text === `${host}:build:${id}`.toLowerCase());
}

function decoded(base64Url: string): string | undefined {
  try {
    return atob(base64Url.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}
