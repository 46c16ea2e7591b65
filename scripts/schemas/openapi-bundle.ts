// Kubernetes' OpenAPI v3 documents → the small form that the product validates with.
import { schemaNode } from "../../core/manifests/schema-node.ts";
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
    const node = withTellingDefaults(
      schemaNode(schema, (reference) => reference.replace(refPrefix, "")),
    );
    definitions[name] = isTopLevel(schema) ? withLooseStatus(node) : node;
    for (const reference of referencesIn(definitions[name])) add(reference);
  }
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

// Of a field that is absent, `""`, 0 and {} are Go's way to say so.
function withTellingDefaults(node: SchemaNode): SchemaNode {
  const text = JSON.stringify(node, (key, value: unknown) =>
    key === "default" && ["", 0, false, null, "{}"].includes(asScalar(value)) ? undefined : value,
  );
  return JSON.parse(text) as SchemaNode;
}

function asScalar(value: unknown): string | number | boolean | null {
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return value as string | number | boolean | null;
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
