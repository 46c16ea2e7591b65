// Server-side apply reads a configuration by the kind's schema first; what does not fit is refused
// with the words of sigs.k8s.io/structured-merge-diff.
import { ApiFailure } from "./api-failure.ts";
import { fieldTypes, parseType, type FieldType } from "./field-types.ts";
import { splitApiVersion } from "./kinds.ts";
import { isRecord, type KubeObject } from "./kube-object.ts";

/** @throws ApiFailure 500 with every field that the kind does not have or of a wrong type */
export function checkTyped(object: KubeObject): void {
  const { apiVersion, kind, metadata } = object;
  const type = fieldTypes().kinds[`${apiVersion} ${kind}`];
  if (!type) return;
  const problems = problemsOf(object, parseType(type), "");
  if (problems.length === 0) return;
  const { group, version } = splitApiVersion(apiVersion);
  const name = [metadata.namespace, metadata.name].filter(Boolean).join("/");
  const what = problems.length === 1 ? problems[0] : `errors:\n  ${problems.join("\n  ")}`;
  throw new ApiFailure(500, "", {
    message: `failed to create typed patch object (${name}; ${group}/${version}, Kind=${kind}): ${what}`,
  });
}

/**
 * What Flux makes of an object before it applies it: a built-in kind goes through its Go type, which
 * drops what the type does not have. An object that does not fit the type stays as it is.
 */
export function withoutUnknownFields(object: KubeObject): KubeObject {
  const { apiVersion, kind } = object;
  const type = fieldTypes().kinds[`${apiVersion} ${kind}`];
  if (!type || type.includes("toolkit") || unpruned.includes(kind)) return object;
  const problems = problemsOf(object, parseType(type), "");
  if (problems.length === 0 || problems.some((text) => !text.endsWith(undeclared))) return object;
  return pruned(object, parseType(type)) as KubeObject;
}

const undeclared = ": field not declared in schema";
// kustomize-controller#1041
const unpruned = ["Role", "ClusterRole", "CustomResourceDefinition"];

function pruned(value: unknown, type: FieldType): unknown {
  if (type.is === "list" && Array.isArray(value)) {
    return value.map((item: unknown) => pruned(item, parseType(type.of)));
  }
  if (!isRecord(value) || (type.is !== "map" && type.is !== "object")) return value;
  const typeOf = (field: string) => (type.is === "map" ? type.of : type.fields[field]);
  const entries = Object.entries(value).flatMap(([field, item]) => {
    const of = typeOf(field);
    return of === undefined ? [] : [[field, pruned(item, parseType(of))] as const];
  });
  return Object.fromEntries(entries);
}

function problemsOf(value: unknown, type: FieldType, at: string): string[] {
  // null takes a field away, whatever its type.
  if (value === null || value === undefined) return [];
  switch (type.is) {
    case "any":
    case "scalar":
      return [];
    case "string":
      return typeof value === "string" ? [] : [`${at}: expected string, got ${shown(value)}`];
    case "boolean":
      return typeof value === "boolean" ? [] : [`${at}: expected boolean, got &{${plain(value)}}`];
    case "number":
      if (typeof value === "number") return [];
      return [`${at}: expected numeric (int or float), got ${typeof value}`];
    case "list":
      return listProblems(value, type, at);
    case "map":
      if (!isRecord(value)) return [`${at}: expected map, got ${shown(value)}`];
      return Object.entries(value).flatMap(([key, item]) =>
        problemsOf(item, parseType(type.of), `${at}.${key}`),
      );
    case "object":
      if (!isRecord(value)) return [`${at}: expected map, got ${shown(value)}`];
      return Object.entries(value).flatMap(([field, item]) => {
        const of = type.fields[field];
        if (of === undefined) return [`${at}.${field}${undeclared}`];
        return problemsOf(item, parseType(of), `${at}.${field}`);
      });
  }
}

function listProblems(
  value: unknown,
  { keys, of }: Extract<FieldType, { is: "list" }>,
  at: string,
): string[] {
  if (!Array.isArray(value)) return [`${at}: expected list, got ${shown(value)}`];
  const names = value.map((item: unknown, index) =>
    keys.length > 0 && isRecord(item) ? `[${keyText(item, keys)}]` : `[${index}]`,
  );
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice && keys.length > 0) return [`${at}: duplicate entries for key ${twice}`];
  return value.flatMap((item: unknown, index) =>
    problemsOf(item, parseType(of), `${at}${names[index]}`),
  );
}

function keyText(item: Record<string, unknown>, keys: readonly string[]): string {
  // The only key with a default.
  const read = (key: string) => item[key] ?? (key === "protocol" ? "TCP" : undefined);
  return keys.map((key) => `${key}=${JSON.stringify(read(key) ?? null)}`).join();
}

function shown(value: unknown): string {
  return `&value.valueUnstructured{Value:${plain(value)}}`;
}

function plain(value: unknown): string {
  return typeof value === "object" ? "map[]" : JSON.stringify(value).replaceAll('"', "");
}
