// Kubernetes' OpenAPI v3 documents → the small form that the product validates with.
import type { SchemaNode } from "../../core/manifests/schema-node.ts";

export type Bundle = {
  readonly definitions: Readonly<Record<string, SchemaNode>>;
  /** `apps/v1/Deployment`, `v1/Service` → definition and scope. */
  readonly kinds: Readonly<Record<string, BundleKind>>;
};

type BundleKind = { readonly definition: string; readonly scope: "cluster" | "namespace" };

/** One answer of `/openapi/v3/apis/<group>/<version>`. */
export type OpenApiDocument = {
  readonly components?: { readonly schemas?: Readonly<Record<string, OpenApiSchema>> };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

type OpenApiSchema = Readonly<Record<string, unknown>>;
type GroupVersionKind = { readonly group: string; readonly version: string; readonly kind: string };

const refPrefix = "#/components/schemas/";
const kept = new Set([
  "type",
  "required",
  "enum",
  "pattern",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "x-kubernetes-preserve-unknown-fields",
  "x-kubernetes-int-or-string",
  "x-kubernetes-list-type",
  "x-kubernetes-list-map-keys",
]);

/** Kinds that can be created, with all that their schemas lead to. */
export function bundleOf(documents: readonly OpenApiDocument[]): Bundle {
  const schemas = Object.assign(
    {},
    ...documents.map((each) => each.components?.schemas ?? {}),
  ) as Record<string, OpenApiSchema>;
  const scopes = new Map<string, BundleKind["scope"]>();
  for (const { paths = {} } of documents) {
    for (const [path, item] of Object.entries(paths)) {
      const created = (item["post"] as OpenApiSchema | undefined)?.[
        "x-kubernetes-group-version-kind"
      ];
      if (created === undefined || path.includes("{name}")) continue;
      const key = kindKey(created as GroupVersionKind);
      scopes.set(
        key,
        path.includes("/{namespace}/") ? "namespace" : (scopes.get(key) ?? "cluster"),
      );
    }
  }
  const kinds: Record<string, BundleKind> = {};
  const definitions: Record<string, SchemaNode> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const types = (schema["x-kubernetes-group-version-kind"] ?? []) as readonly GroupVersionKind[];
    const [type] = types;
    const scope = type && scopes.get(kindKey(type));
    if (type === undefined || types.length !== 1 || scope === undefined) continue;
    kinds[kindKey(type)] = { definition: name, scope };
    add(name);
  }
  return { definitions, kinds };

  function add(name: string): void {
    const schema = schemas[name];
    if (definitions[name] !== undefined || schema === undefined) return;
    const node = nodeOf(schema);
    definitions[name] = isTopLevel(schema) ? withLooseStatus(node) : node;
    for (const reference of referencesIn(definitions[name])) add(reference);
  }
}

/** An OpenAPI v3 schema (of a CustomResourceDefinition too) without what validation does not need. */
export function nodeOf(schema: OpenApiSchema): SchemaNode {
  const only = soleReference(schema);
  if (only !== undefined) return { $ref: only };
  const node: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (kept.has(key)) node[key] = value;
    else if (key === "properties") node[key] = mapped(value as Record<string, OpenApiSchema>);
    else if (key === "items" || key === "not") node[key] = nodeOf(value as OpenApiSchema);
    else if (key === "additionalProperties") {
      node[key] = typeof value === "object" ? nodeOf(value as OpenApiSchema) : value;
    } else if (key === "anyOf" || key === "allOf" || key === "oneOf") {
      node[key] = (value as readonly OpenApiSchema[]).map(nodeOf);
    } else if (key === "$ref") node[key] = String(value).replace(refPrefix, "");
  }
  return node;
}

function soleReference(schema: OpenApiSchema): string | undefined {
  const all = schema["allOf"] as readonly OpenApiSchema[] | undefined;
  const reference = schema["$ref"] ?? (all?.length === 1 ? all[0]?.["$ref"] : undefined);
  return typeof reference === "string" ? reference.replace(refPrefix, "") : undefined;
}

function mapped(properties: Readonly<Record<string, OpenApiSchema>>) {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, nodeOf(value)]));
}

function isTopLevel(schema: OpenApiSchema): boolean {
  return schema["x-kubernetes-group-version-kind"] !== undefined;
}

// Manifests hold no status worth checking; its schemas would double the bundle.
function withLooseStatus(node: SchemaNode): SchemaNode {
  if (!node.properties?.["status"]) return node;
  const status = { type: "object", "x-kubernetes-preserve-unknown-fields": true } as const;
  return { ...node, properties: { ...node.properties, status } };
}

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === "$ref" && typeof child === "string" ? [child] : referencesIn(child),
  );
}

function kindKey({ group, version, kind }: GroupVersionKind): string {
  return group === "" ? `${version}/${kind}` : `${group}/${version}/${kind}`;
}
