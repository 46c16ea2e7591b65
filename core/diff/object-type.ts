import type { Identity } from "../manifests/identity.ts";
import { isBuiltIn } from "../manifests/built-in-groups.ts";

/** What decides how the fields of an object are to be read. */
export type ObjectType = Pick<Identity, "group" | "kind">;

/** `Deployment.apps`, `Service`: as kinds are named in tables. */
export function typeName({ group, kind }: ObjectType): string {
  return group === "" ? kind : `${kind}.${group}`;
}

/** Whether the API server itself knows the kind. */
export function isKnownType({ group }: ObjectType): boolean {
  return isBuiltIn(group);
}

/** Whether an object is one of Flux' own. */
export function isFlux({ group }: ObjectType): boolean {
  return group.endsWith(".toolkit.fluxcd.io");
}
