// Documents of an extension, shared by all users of the organisation (scope Default/Current).
// Anyone in the organisation can write there: display only, never evidence.
import { areaHost } from "./area-host.ts";
import {
  type AzureDevOps,
  call,
  get,
  largestList,
  list,
  listIn,
  takeOrAbsent,
} from "./connection.ts";

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

type QueriedCollection = { readonly collectionName?: string; readonly documents?: unknown };

/**
 * As {@link listDocuments}, asked so that a collection that nothing has written to yet is no 404, of
 * which a browser complains aloud. UNVERIFIED: that the service leaves out what does not exist; what
 * it answers otherwise is asked for in the other way.
 */
export async function findDocuments<T extends Document>(
  ado: AzureDevOps,
  collection: CollectionRef,
): Promise<readonly T[]> {
  const { publisher, extension, collection: name } = collection;
  const scope = { scopeType: "Default", scopeValue: "Current" };
  const request = {
    ...of(ado),
    path: [...installed, publisher, extension, "ExtensionDataCollectionQuery"],
    method: "POST",
    json: { collections: [{ collectionName: name, ...scope }] },
    maxBytes: largestList,
    // It only reads.
    retry: true,
  } as const;
  const found = await call(ado, request)
    .then((answer) => listIn<QueriedCollection>(request, answer.json()))
    .catch(() => undefined);
  if (found?.length === 0) return [];
  const own = found?.find(({ collectionName = "" }) => {
    return collectionName.toLowerCase() === name.toLowerCase();
  });
  if (own !== undefined && Array.isArray(own.documents)) return own.documents as readonly T[];
  return listDocuments(ado, collection);
}

// Any other 404 says that the extension itself is not there, or may not be seen: not that it is empty.
const absent = ["DocumentCollectionDoesNotExistException", "DocumentDoesNotExistException"];

function route(ado: AzureDevOps, collection: CollectionRef, id?: string) {
  const { publisher, extension } = collection;
  return {
    ...of(ado),
    path: [
      ...[...installed, publisher, extension],
      ...["Data", "Scopes", "Default", "Current", "Collections", collection.collection],
      "Documents",
      ...(id === undefined ? [] : [id]),
    ],
  };
}

const installed = ["ExtensionManagement", "InstalledExtensions"] as const;

function of(ado: AzureDevOps) {
  return { baseUrl: areaHost(ado.organisationUrl, "extmgmt"), apiVersion: "7.1-preview.1" };
}
