import { ApiError, refusals } from "../api-error.ts";
import { listOf, type Call, type Route } from "../route.ts";

type Document = Record<string, unknown> & { readonly id: string; readonly __etag: number };

const extension = "_apis/ExtensionManagement/InstalledExtensions/{publisher}/{extension}";

// Extension data documents: routes of azure-devops-extension-api's ExtensionManagementClient, not
// in the published specification. Scope "Default/Current" is shared by all users of the
// organisation, "User/Me" is each one's own.
export const extensionDataRoutes: readonly Route[] = [
  {
    area: "ExtensionManagement",
    resource: "Data",
    id: "bbe06c18-1c8b-4fcd-b9c6-1535aaab8749",
    template: `${extension}/Data/Scopes/{scope}/{value}/Collections/{collection}/Documents/{documentId?}`,
    releasedVersion: "0.0",
    methods: { GET: read, PUT: write, POST: write, PATCH: write, DELETE: remove },
  },
  {
    area: "ExtensionManagement",
    resource: "ExtensionDataCollectionQuery",
    id: "56c331f1-ce53-4318-adfd-4db5c52a7a2e",
    template: `${extension}/ExtensionDataCollectionQuery`,
    releasedVersion: "0.0",
    methods: { POST: query },
  },
];

function read(call: Call) {
  const documents = documentsOf(call);
  const id = call.params["documentId"];
  if (id === undefined) return listOf([...documents.values()]);
  return { json: documentOf(documents, id) };
}

function documentsOf(call: Call): Map<string, Record<string, unknown>> {
  const found = call.organisation.documents.get(collectionOf(call, call.params));
  if (found) return found;
  const name = call.params["collection"] ?? "";
  throw new ApiError(
    404,
    "DocumentCollectionDoesNotExistException",
    `The collection does not exist. Parameter name: collectionName ${name}`,
  );
}

function documentOf(documents: ReadonlyMap<string, Record<string, unknown>>, id: string): Document {
  const found = documents.get(id);
  if (found) return found as Document;
  throw new ApiError(404, "DocumentDoesNotExistException", `The document ${id} does not exist.`);
}

// POST creates, PUT sets, PATCH changes what exists; the first write makes the collection. An
// etag of -1 lets the last win. Which status a stale etag gets is not published: UNVERIFIED.
function write(call: Call) {
  const { organisation, method } = call;
  if (call.body === undefined || Array.isArray(call.body)) {
    throw refusals.argument("Value cannot be null.\r\nParameter name: document");
  }
  const key = collectionOf(call, call.params);
  const documents = organisation.documents.get(key) ?? new Map<string, Record<string, unknown>>();
  const body = call.body as Record<string, unknown>;
  const id = typeof body["id"] === "string" ? body["id"] : `d${(organisation.counters.next += 1)}`;
  if (method === "PATCH") documentOf(documentsOf(call), id);
  const old = documents.get(id) as Document | undefined;
  const etag = body["__etag"];
  if (old && method === "POST") {
    throw new ApiError(409, "DocumentExistsException", `The document ${id} exists already.`);
  }
  if (old && typeof etag === "number" && etag !== -1 && etag !== old.__etag) {
    throw new ApiError(400, "InvalidDocumentVersionException", "The document has changed since.");
  }
  const document: Document = { ...body, id, __etag: (old?.__etag ?? 0) + 1 };
  organisation.documents.set(key, documents.set(id, document));
  return { json: document };
}

function remove(call: Call) {
  call.organisation.documents
    .get(collectionOf(call, call.params))
    ?.delete(call.params["documentId"] ?? "");
  return { status: 204 };
}

type Query = {
  readonly collections?: readonly {
    readonly collectionName?: string;
    readonly scopeType?: string;
    readonly scopeValue?: string;
  }[];
};

// Collections that do not exist are left out.
function query(call: Call) {
  const { collections = [] } = (call.body ?? {}) as Query;
  const found = collections.flatMap(({ collectionName = "", scopeType, scopeValue }) => {
    const scope = { collection: collectionName, scope: scopeType ?? "", value: scopeValue ?? "" };
    const documents = call.organisation.documents.get(
      collectionOf(call, { ...call.params, ...scope }),
    );
    return documents
      ? [{ collectionName, scopeType, scopeValue, documents: [...documents.values()] }]
      : [];
  });
  return listOf(found);
}

function collectionOf({ grant }: Call, params: Readonly<Record<string, string>>): string {
  const { publisher, extension: name, scope, value, collection } = params;
  const own = scope?.toLowerCase() === "user" ? grant.identity.id : value;
  return [publisher, name, scope, own, collection].join("/").toLowerCase();
}
