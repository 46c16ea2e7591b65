// Documents of an extension, shared by all users of the organisation (scope Default/Current).
// Anyone in the organisation can write there: display only, never evidence.
import { areaHost } from "./area-host.ts";
import { type AzureDevOps, call, get, largestList, list, takeOrAbsent } from "./connection.ts";

export type CollectionRef = {
  readonly publisher: string;
  readonly extension: string;
  readonly collection: string;
};

/** `__etag` is what the service compares on the next write; -1 = the last one wins. */
export type Document = { readonly id: string; readonly __etag?: number };

/** @returns undefined when there is no such document or collection. */
export function getDocument<T extends Document>(
  ado: AzureDevOps,
  { id, ...collection }: CollectionRef & { readonly id: string },
): Promise<T | undefined> {
  return takeOrAbsent(get<T>(ado, route(ado, collection, id)), absent);
}

/** Creates or replaces; the first write creates the collection. */
export async function setDocument<T extends Document>(
  ado: AzureDevOps,
  { document, ...collection }: CollectionRef & { readonly document: T },
): Promise<T> {
  return (await call(ado, { ...route(ado, collection), method: "PUT", json: document })).json<T>();
}

/** Empty while the collection does not exist. */
export async function listDocuments<T extends Document>(
  ado: AzureDevOps,
  collection: CollectionRef,
): Promise<readonly T[]> {
  const all = { ...route(ado, collection), maxBytes: largestList };
  return (await takeOrAbsent(list<T>(ado, all), absent)) ?? [];
}

// Any other 404 says that the extension itself is not there, or may not be seen: not that it is empty.
const absent = ["DocumentCollectionDoesNotExistException", "DocumentDoesNotExistException"];

function route(ado: AzureDevOps, collection: CollectionRef, id?: string) {
  const { publisher, extension } = collection;
  return {
    baseUrl: areaHost(ado.organisationUrl, "extmgmt"),
    apiVersion: "7.1-preview.1",
    path: [
      ...["ExtensionManagement", "InstalledExtensions", publisher, extension],
      ...["Data", "Scopes", "Default", "Current", "Collections", collection.collection],
      "Documents",
      ...(id === undefined ? [] : [id]),
    ],
  };
}
