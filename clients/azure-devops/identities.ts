// People and groups by what others call them.
import { areaHost } from "./area-host.ts";
import { type AzureDevOps, list } from "./connection.ts";

export type FoundIdentity = {
  readonly id: string;
  readonly displayName: string;
  /** Sign-in names and mail addresses. */
  readonly accounts: readonly string[];
  /** `aad.…`, `svc.…`: names its kind, where the service says it. */
  readonly descriptor?: string;
};

type RestIdentity = {
  readonly id: string;
  readonly providerDisplayName?: string;
  readonly customDisplayName?: string;
  readonly isActive?: boolean;
  readonly subjectDescriptor?: string;
  readonly properties?: Readonly<Record<string, { readonly $value?: unknown } | undefined>>;
};

/**
 * Those whom a display name, a mail address, `[project]\group` or an id names; of several exact
 * ones all. Needs no more than that the caller may see identities.
 */
export async function findIdentities(
  ado: AzureDevOps,
  name: string,
): Promise<readonly FoundIdentity[]> {
  const query = guid.test(name)
    ? { identityIds: name }
    : { searchFilter: "General", filterValue: name, queryMembership: "None" };
  const answered = await list<RestIdentity | null>(ado, {
    baseUrl: areaHost(ado.organisationUrl, "vssps"),
    path: ["identities"],
    query,
  });
  const found = answered
    .filter((one) => typeof one?.id === "string" && one.isActive !== false)
    .map((one) => identityOf(one as RestIdentity));
  const exact = found.filter((one) => isCalled(one, name));
  return exact.length > 0 ? exact : found;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function identityOf(found: RestIdentity): FoundIdentity {
  const { id, properties = {}, subjectDescriptor: descriptor, ...named } = found;
  const accounts = [properties["Account"]?.$value, properties["Mail"]?.$value];
  return {
    id,
    displayName: named.customDisplayName ?? named.providerDisplayName ?? id,
    accounts: accounts.filter((one): one is string => typeof one === "string" && one !== ""),
    ...(descriptor === undefined ? {} : { descriptor }),
  };
}

function isCalled({ id, displayName, accounts }: FoundIdentity, name: string): boolean {
  const wanted = name.toLowerCase();
  return [id, displayName, ...accounts].some((each) => each.toLowerCase() === wanted);
}
