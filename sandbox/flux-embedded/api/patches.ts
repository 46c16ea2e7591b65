// The patch formats that clients send, besides server-side apply.
import { badRequest } from "./api-failure.ts";
import { isRecord } from "./kube-object.ts";
import { mergeKey } from "./merge-keys.ts";

/** RFC 7386: null deletes, lists are replaced. */
export function mergePatch(live: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(live) ? { ...live } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** As `kubectl apply` sends it: lists merge by their key, directives delete and order items. */
export function strategicMergePatch(live: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  if (patch["$patch"] === "replace") return withoutDirectives(patch);
  const result: Record<string, unknown> = isRecord(live) ? { ...live } : {};
  for (const [key, value] of Object.entries(patch)) {
    const [, directive, list = ""] = /^\$(\w+)\/(.+)$/.exec(key) ?? [];
    if (directive === "deleteFromPrimitiveList" && Array.isArray(value)) {
      const items = Array.isArray(result[list]) ? (result[list] as unknown[]) : [];
      result[list] = items.filter((item) => !value.includes(item));
    } else if (key === "$retainKeys" && Array.isArray(value)) {
      for (const name of Object.keys(result)) if (!value.includes(name)) delete result[name];
    } else if (key.startsWith("$")) {
      continue;
    } else if (value === null) delete result[key];
    else if (Array.isArray(value)) result[key] = mergeLists(key, result[key], value);
    else result[key] = strategicMergePatch(result[key], value);
  }
  return result;
}

function mergeLists(field: string, live: unknown, patch: readonly unknown[]): unknown[] {
  const items = Array.isArray(live) ? [...(live as unknown[])] : [];
  const key = mergeKey(field, [...items, ...patch]);
  if (!key) return [...patch];
  for (const change of patch) {
    const at = items.findIndex((item) => key(item) === key(change));
    if (isRecord(change) && change["$patch"] === "delete") {
      if (at >= 0) items.splice(at, 1);
    } else if (at >= 0) items[at] = strategicMergePatch(items[at], change);
    else items.push(change);
  }
  return items;
}

function withoutDirectives(patch: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith("$")));
}

/** RFC 6902. @throws ApiFailure for a path that is not there or a test that fails */
export function jsonPatch(live: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) throw badRequest("a JSON patch is a list of operations");
  let document = structuredClone(live);
  for (const operation of operations as unknown[]) {
    if (!isRecord(operation)) throw badRequest("an operation of a JSON patch is an object");
    document = applyOperation(document, operation);
  }
  return document;
}

function applyOperation(document: unknown, operation: Record<string, unknown>): unknown {
  const { op, path, value } = operation;
  const steps = String(path)
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = steps.pop();
  if (last === undefined) return value;
  let target: unknown = document;
  for (const step of steps) target = isContainer(target) ? target[step] : undefined;
  if (!isContainer(target)) throw badRequest(`no such path in the object: ${String(path)}`);
  switch (op) {
    case "add":
      if (Array.isArray(target))
        target.splice(last === "-" ? target.length : Number(last), 0, value);
      else target[last] = value;
      return document;
    case "replace":
      target[last] = value;
      return document;
    case "remove":
      if (Array.isArray(target)) target.splice(Number(last), 1);
      else delete target[last];
      return document;
    case "test":
      if (JSON.stringify(target[last]) === JSON.stringify(value)) return document;
      throw badRequest(`testing path ${String(path)} failed`);
    default:
      throw badRequest(`JSON patch operation ${String(op)} is not supported`);
  }
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
