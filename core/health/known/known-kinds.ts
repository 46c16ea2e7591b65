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
/** `.upbound.io` of a row for all groups below it. */
const domains = knownKinds.flatMap(({ type }) => /^[^.]+\.\*(\..+)$/.exec(type)?.[1] ?? []);

/** The row of a kind: its own, its group's, or one of all groups below a domain. */
export function knownKind(of: Pick<Identity, "group" | "kind">): KnownKind | undefined {
  const { group, kind } = of;
  const inGroup = (name: string) => byType.get(`${kind}.${name}`) ?? byType.get(`*.${name}`);
  const own = inGroup(group);
  if (own !== undefined) return own;
  const domain = domains.find((one) => group.endsWith(one));
  return domain === undefined ? undefined : inGroup(`*${domain}`);
}
