import type { IdentityRef } from "../azure-devops/types.ts";

/**
 * What a Build service identity of the organisation builds for: the id of a project, or of the
 * collection. Its descriptor is `svc.` and the base64url of `{host}:Build:{id}` (research: platform
 * §10.2). UNVERIFIED that statuses and pushes always carry it (docs/unverified.md,
 * 20). @returns undefined for any other identity.
 */
export function buildScopeOf(identity: IdentityRef | undefined, host: string): string | undefined {
  const [, encoded] = /^svc\.([A-Za-z0-9_-]+)$/.exec(identity?.descriptor ?? "") ?? [];
  if (encoded === undefined || host === "") return undefined;
  const [of, role, id, ...rest] = decoded(encoded)?.toLowerCase().split(":") ?? [];
  const fits = of === host.toLowerCase() && role === "build" && rest.length === 0;
  return fits && id ? id : undefined;
}

/** Is this the Build service identity of one of the projects or collections? */
export function isBuildIdentity(
  identity: IdentityRef | undefined,
  { host, ids }: { readonly host: string; readonly ids: readonly string[] },
): boolean {
  const scope = buildScopeOf(identity, host);
  return scope !== undefined && ids.some((id) => id.toLowerCase() === scope);
}

function decoded(base64Url: string): string | undefined {
  try {
    return atob(base64Url.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}
