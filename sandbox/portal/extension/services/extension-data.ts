// Values and documents that an extension keeps with the service; each call is one REST call.
import { call, list, RestError } from "../../rest.ts";

type Scope = {
  readonly scopeType?: string;
  readonly scopeValue?: string;
  readonly defaultValue?: unknown;
};
type Document = { readonly id?: string; readonly value?: unknown };
type Collection = {
  readonly collectionName: string;
  readonly scopeType?: string;
  readonly scopeValue?: string;
};

// Where single values lie: a collection of this name, a document a key.
const settings = "$settings";

/** `getExtensionDataManager("publisher.extension", token)` answers the manager. */
export function extensionDataService(): object {
  return {
    getExtensionDataManager: (extensionId: string) => {
      const [publisher = "", extension = ""] = extensionId.split(".");
      return managerOf(publisher, extension);
    },
  };
}

function managerOf(publisher: string, extension: string): object {
  const root = `_apis/ExtensionManagement/InstalledExtensions/${publisher}/${extension}/Data`;
  const documents = (collection: string, scope: Scope = {}, id?: string) => {
    const { scopeType = "Default", scopeValue = scopeType === "User" ? "Me" : "Current" } = scope;
    const url = `${root}/Scopes/${scopeType}/${scopeValue}/Collections/${encodeURIComponent(collection)}/Documents`;
    return `${url}${id === undefined ? "" : `/${encodeURIComponent(id)}`}?api-version=7.1-preview.1`;
  };
  const write = (method: string) => (collection: string, body: unknown, scope?: Scope) =>
    call<Document>(documents(collection, scope), { method, body });
  const getDocument = (collection: string, id: string, scope?: Scope) =>
    call<Document>(documents(collection, scope, id));
  const getDocuments = (collection: string, scope?: Scope) =>
    list<Document>(documents(collection, scope)).catch(orNothing([]));
  const query = (collections: readonly Collection[]) =>
    Promise.all(
      collections.map(async (one) => ({
        ...{ scopeType: "Default", scopeValue: "Current", ...one },
        documents: await getDocuments(one.collectionName, one),
      })),
    );
  return {
    getDocument,
    getDocuments,
    createDocument: write("POST"),
    setDocument: write("PUT"),
    updateDocument: write("PATCH"),
    deleteDocument: async (collection: string, id: string, scope?: Scope) =>
      void (await call(documents(collection, scope, id), { method: "DELETE" })),
    getValue: async (key: string, scope?: Scope) => {
      const found = await getDocument(settings, key, scope).catch(orNothing(undefined));
      return found === undefined ? scope?.defaultValue : found.value;
    },
    setValue: async (key: string, value: unknown, scope?: Scope) =>
      (await write("PUT")(settings, { id: key, value, __etag: -1 }, scope)).value,
    queryCollections: query,
    queryCollectionsByName: (names: readonly string[]) =>
      query(names.map((collectionName) => ({ collectionName }))),
  };
}

// What was never written is not there: no failure.
function orNothing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof RestError && error.status === 404) return value;
    throw error;
  };
}
