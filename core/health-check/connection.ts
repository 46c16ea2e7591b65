import type { CheckConnection } from "./health-check.ts";

/** The service connection without credentials that the checks of a project share. */
export const ownConnectionName = "fluxgate-azure-devops";

type Connection = { readonly id: string; readonly name: string; readonly url: string };

/** Through what a check asks: there already, still to be made, or not to be had. */
export type ConnectionChoice =
  | { readonly state: "there"; readonly connection: CheckConnection }
  | { readonly state: "absent"; readonly connection: CheckConnection }
  | { readonly state: "unfit"; readonly why: string };

/** Those that lead to the organisation. */
export function fitting<T extends Connection>(
  connections: readonly T[],
  organisationUrl: string,
): readonly T[] {
  return connections.filter(({ url }) => plain(url) === plain(organisationUrl));
}

/** @param chosen id of one of `connections`; empty: the one without credentials */
export function chooseConnection(
  connections: readonly Connection[],
  { organisationUrl, chosen }: { readonly organisationUrl: string; readonly chosen: string },
): ConnectionChoice {
  const found = connections.find(({ id, name }) =>
    chosen === "" ? name.toLowerCase() === ownConnectionName : id === chosen,
  );
  if (found === undefined && chosen !== "") {
    return { state: "unfit", why: "The service connection is no longer there." };
  }
  if (found === undefined) {
    const url = `${organisationUrl.replace(/\/+$/, "")}/`;
    return { state: "absent", connection: { id: "", url, asRun: true } };
  }
  const { id, name, url } = found;
  if (plain(url) !== plain(organisationUrl)) {
    const why = `The service connection ${name} leads to ${url}, not to ${organisationUrl}: choose another one, or rename it.`;
    return { state: "unfit", why };
  }
  const asRun = name.toLowerCase() === ownConnectionName;
  return { state: "there", connection: { id, url, asRun } };
}

function plain(url: string): string {
  return url.replace(/\/+$/, "").toLowerCase();
}
