import type { Identity } from "../../manifests/identity.ts";
import { dataKinds } from "./data-kinds.ts";
import { deliveryKinds } from "./delivery-kinds.ts";
import type { KnownKind } from "./known-kind.ts";
import { networkKinds } from "./network-kinds.ts";
import { securityKinds } from "./security-kinds.ts";

/** Custom resources whose health is known, one row a kind. */
export const knownKinds: readonly KnownKind[] = [
  ...deliveryKinds,
  ...securityKinds,
  ...networkKinds,
  ...dataKinds,
];

const byType = new Map(knownKinds.map((known) => [known.type, known]));

/** The row of a kind: its own, its group's, or one of all groups below a domain. */
export function knownKind(of: Pick<Identity, "group" | "kind">): KnownKind | undefined {
  const { group, kind } = of;
  const type = `${kind}.${group}`;
  const before = found.get(type);
  if (before !== undefined) return before.known;
  const known = searchKind(of);
  // Clusters have some hundred kinds; names of kinds are others' texts all the same.
  if (found.size >= 10_000) found.clear();
  found.set(type, { known });
  return known;
}

const found = new Map<string, { readonly known: KnownKind | undefined }>();

function searchKind({ group, kind }: Pick<Identity, "group" | "kind">): KnownKind | undefined {
  const dots = [...group.matchAll(/\./g)].map(({ index }) => group.slice(index + 1));
  const groups = [group, ...dots.map((domain) => `*.${domain}`)];
  for (const each of groups) {
    const found = byType.get(`${kind}.${each}`) ?? byType.get(`*.${each}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
