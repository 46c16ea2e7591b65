// Reading and writing objects over HTTP.
import { parse as parseYaml } from "yaml";
import { applyObject, createObject, deleteObject, updateObject, type Api } from "../api/admit.ts";
import { ApiFailure, badRequest, notFound } from "../api/api-failure.ts";
import { apiVersionOf } from "../api/kinds.ts";
import { isRecord, type KubeObject } from "../api/kube-object.ts";
import { withManager } from "../api/managed-fields.ts";
import { jsonPatch, mergePatch, strategicMergePatch } from "../api/patches.ts";
import type { Target } from "./request-target.ts";
import { selectObjects } from "./select-objects.ts";

export type ResourceRequest = {
  readonly method: string;
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly userAgent: string;
  readonly body: string;
};

export type Answer = { readonly status: number; readonly body: unknown };

/** Answers every request but a watch. @throws ApiFailure */
export function answerResource(api: Api, request: ResourceRequest): Answer {
  const { method, target } = request;
  switch (method) {
    case "GET":
      return { status: 200, body: target.name ? read(api, target) : list(api, request) };
    case "POST": {
      const object = withManager(undefined, parseBody(request), writer(request));
      return { status: 201, body: shown(target, createObject(api, object, dryRun(request))) };
    }
    case "PUT":
      return { status: 200, body: shown(target, write(api, request, parseBody(request))) };
    case "PATCH":
      return patch(api, request);
    case "DELETE":
      return { status: 200, body: remove(api, request) };
    default:
      throw new ApiFailure(405, "MethodNotAllowed", {
        message: "the server does not allow this method on the requested resource",
      });
  }
}

function list(api: Api, { target, query }: ResourceRequest) {
  const { kind, namespace } = target;
  const matches = selectObjects(query);
  const found = api.store.list(kind, namespace).filter(matches);
  const start = Number(query.get("continue") ?? 0);
  const limit = Number(query.get("limit") ?? 0) || found.length;
  const page = found.slice(start, start + limit);
  const left = found.length - start - page.length;
  return {
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind, target.version),
    metadata: {
      resourceVersion: String(api.store.version()),
      ...(left > 0 ? { continue: String(start + limit), remainingItemCount: left } : {}),
    },
    items: page.map((object) => listed(target, object)),
  };
}

function read(api: Api, target: Target): KubeObject {
  const { subresource } = target;
  if (subresource && subresource !== "status") throw unknownSubresource(subresource);
  return shown(target, current(api, target));
}

/** @throws ApiFailure 404 */
export function current(api: Api, { kind, namespace, name = "" }: Target): KubeObject {
  const found = api.store.get({ kind, name, ...(namespace ? { namespace } : {}) });
  if (!found) throw notFound(kind, name);
  return found;
}

function write(api: Api, request: ResourceRequest, object: KubeObject): KubeObject {
  const { target } = request;
  switch (target.subresource) {
    case undefined:
    case "finalize": {
      const live = current(api, target);
      return updateObject(api, withManager(live, object, writer(request)), dryRun(request));
    }
    case "status":
      return api.store.update(target.kind, object, "status");
    default:
      throw unknownSubresource(target.subresource);
  }
}

function patch(api: Api, request: ResourceRequest): Answer {
  const { target, query, contentType } = request;
  if (contentType.startsWith("application/apply-patch")) {
    const manager = query.get("fieldManager");
    if (!manager) throw badRequest("fieldManager is required for apply patch");
    const object = parseBody(request);
    const force = query.get("force") === "true";
    const applied = applyObject(api, object, { manager, force, ...dryRun(request) });
    const status = applied.action === "created" ? 201 : 200;
    return { status, body: shown(target, applied.object) };
  }
  const live = current(api, target);
  const change = parsedBody(request.body);
  const patched = patchedObject(contentType, live, change) as KubeObject;
  return { status: 200, body: shown(target, write(api, request, patched)) };
}

function patchedObject(contentType: string, live: KubeObject, change: unknown): unknown {
  switch (contentType.split(";")[0]) {
    case "application/json-patch+json":
      return jsonPatch(live, change);
    case "application/merge-patch+json":
      return mergePatch(live, change);
    case "application/strategic-merge-patch+json":
      return strategicMergePatch(live, change);
    default:
      throw unsupportedMediaType(
        "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
      );
  }
}

function unsupportedMediaType(accepted: string): ApiFailure {
  return new ApiFailure(415, "UnsupportedMediaType", {
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
  });
}

function parsedBody(body: string): unknown {
  try {
    return parseYaml(body, { maxAliasCount: 0 });
  } catch (cause) {
    throw badRequest(`the body cannot be parsed: ${(cause as Error).message}`);
  }
}

function remove(api: Api, request: ResourceRequest): unknown {
  const { target, query } = request;
  const { kind, namespace, name } = target;
  const at = (object: KubeObject) => ({ kind, ...object.metadata });
  if (name) {
    const object = current(api, target);
    if (dryRun(request).dryRun) return shown(target, object);
    const removed = deleteObject(api, at(object));
    if (removed.metadata.deletionTimestamp) return shown(target, removed);
    const { group, plural } = kind;
    const details = { name, group, kind: plural, uid: removed.metadata.uid };
    return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
  }
  const found = api.store.list(kind, namespace).filter(selectObjects(query));
  for (const object of found) deleteObject(api, at(object));
  return list(api, request);
}

// Without one a client is known by the beginning of its user agent.
function writer({ query, userAgent }: ResourceRequest) {
  const manager = query.get("fieldManager") ?? (userAgent.split("/")[0] || "unknown");
  return { manager, operation: "Update" } as const;
}

function parseBody({ body, contentType, target }: ResourceRequest): KubeObject {
  if (contentType.startsWith("application/vnd.kubernetes.protobuf")) {
    throw unsupportedMediaType("application/json, application/yaml");
  }
  const parsed = parsedBody(body);
  if (!isRecord(parsed)) throw badRequest("the body is not an object");
  const object = parsed as KubeObject;
  object.apiVersion ??= apiVersionOf(target.kind, target.version);
  object.kind ??= target.kind.kind;
  object.metadata = { ...object.metadata };
  if (target.name) object.metadata.name = target.name;
  if (target.namespace) object.metadata.namespace = target.namespace;
  return object;
}

function dryRun({ query }: ResourceRequest): { readonly dryRun: boolean } {
  return { dryRun: query.get("dryRun") === "All" };
}

function shown({ kind, version }: Target, object: KubeObject): KubeObject {
  return { ...object, apiVersion: apiVersionOf(kind, version) };
}

// In lists of its own kinds the API leaves out what every item would repeat.
function listed(target: Target, object: KubeObject): Partial<KubeObject> {
  if (target.kind.custom) return shown(target, object);
  const item: Partial<KubeObject> = { ...object };
  delete item.apiVersion;
  delete item.kind;
  return item;
}

function unknownSubresource(name: string): ApiFailure {
  return new ApiFailure(501, "NotImplemented", {
    message: `subresource ${name} is not served here: add it in http/resource-requests.ts`,
  });
}
