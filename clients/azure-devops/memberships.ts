import { areaHost } from "./area-host.ts";
import { type AzureDevOps, list } from "./connection.ts";

type RestIdentity = {
  readonly descriptor?: string;
  readonly providerDisplayName?: string;
  readonly customDisplayName?: string;
  readonly memberOf?: readonly string[];
};

/** Of a group: whether somebody is in it, or `unknown` where no such group is to be seen. */
export type Membership = boolean | "unknown";

/** Whether somebody is in each of the groups, through other groups too; by their whole names. */
export async function readMemberships(
  ado: AzureDevOps,
  { identity, groups }: { readonly identity: string; readonly groups: readonly string[] },
): Promise<ReadonlyMap<string, Membership>> {
  const found = new Map<string, Membership>();
  if (groups.length === 0) return found;
  const baseUrl = areaHost(ado.organisationUrl, "vssps");
  const ask = (query: Readonly<Record<string, string>>) =>
    list<RestIdentity | null>(ado, { baseUrl, path: ["identities"], query });
  const [person] = await ask({ identityIds: identity, queryMembership: "Expanded" });
  const mine = person?.memberOf;
  for (const name of groups) {
    const named = await ask({
      ...{ searchFilter: "General", filterValue: name, queryMembership: "None" },
    });
    const descriptors = named.flatMap((one) =>
      one && isCalled(one, name) ? (one.descriptor ?? []) : [],
    );
    const known = Array.isArray(mine) && descriptors.length > 0;
    found.set(name, known ? descriptors.some((one) => mine.includes(one)) : "unknown");
  }
  return found;
}

function isCalled({ providerDisplayName, customDisplayName }: RestIdentity, name: string): boolean {
  const wanted = name.toLowerCase();
  return [providerDisplayName, customDisplayName].some((each) => each?.toLowerCase() === wanted);
}
