import { ApiError } from "../api-error.ts";
import { listOf, type Call, type Route } from "../route.ts";

type Document = Record<string, unknown> & { readonly id: string; readonly __etag: number };

// Extension data documents: routes of azure-devops-extension-api's ExtensionManagementClient, not
// in the published specification. Shared by all users of the organisation.
export const extensionDataRoutes: readonly Route[] = [
  {
    area: "ExtensionManagement",
    resource: "Data",
    id: "bbe06c18-1c8b-4fcd-b9c6-1535aaab8749",
    template:
      "_apis/ExtensionManagement/InstalledExtensions/{publisher}/{extension}/Data/Scopes/{scope}/{value}/Collections/{collection}/Documents/{documentId?}",
    releasedVersion: "0.0",
    methods: { GET: read, PUT: write, POST: write, DELETE: remove },
  },
];

function read(call: Call) {
  const documents = call.organisation.documents.get(collectionOf(call));
  if (!documents) {
    const name = call.params["collection"] ?? "";
    throw new ApiError(
      404,
      "DocumentCollectionDoesNotExistException",
      `The collection does not exist. Parameter name: collectionName ${name}`,
    );
  }
  const id = call.params["documentId"];
  if (id === undefined) return listOf([...documents.values()]);
  const found = documents.get(id);
  if (!found) {
    throw new ApiError(404, "DocumentDoesNotExistException", `The document ${id} does not exist.`);
  }
  return { json: found };
}

// POST creates, PUT sets; the first write makes the collection. An etag of -1 lets the last win.
function write(call: Call) {
  const { organisation } = call;
  const key = collectionOf(call);
  const documents = organisation.documents.get(key) ?? new Map<string, Record<string, unknown>>();
  const body = call.body as Record<string, unknown>;
  const id = typeof body["id"] === "string" ? body["id"] : `d${(organisation.counters.next += 1)}`;
  const old = documents.get(id) as Document | undefined;
  const etag = body["__etag"];
  if (old && call.method === "POST") {
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
  call.organisation.documents.get(collectionOf(call))?.delete(call.params["documentId"] ?? "");
  return { status: 204 };
}

function collectionOf({ params }: Call): string {
  const { publisher, extension, scope, value, collection } = params;
  return [publisher, extension, scope, value, collection].join("/").toLowerCase();
}
