import { isRecord } from "./parse.ts";
import type { Identity, KubernetesObject } from "./identity.ts";
import type { Definitions } from "./check-schema.ts";
import { schemaNode } from "./schema-node.ts";
import type { SchemaNode } from "./schema-node.ts";

/** Kinds with schemas, as one of the generated bundles or a set of CRDs has them. */
export type SchemaBundle = {
  readonly definitions: Definitions;
  /** By {@link typeKey}. */
  readonly kinds: Readonly<
    Record<
      string,
      {
        readonly definition: string;
        readonly scope: "cluster" | "namespace";
        /** By its CustomResourceDefinition; absent where that is not the cluster's own. */
        readonly served?: boolean;
      }
    >
  >;
};

/** `apps/v1/Deployment`, `v1/Service`. */
export function typeKey({ group, version, kind }: Pick<Identity, "group" | "version" | "kind">) {
  return group === "" ? `${version}/${kind}` : `${group}/${version}/${kind}`;
}

/** The schemas of the CustomResourceDefinitions among objects. */
export function schemasOfCrds(objects: readonly KubernetesObject[]): SchemaBundle {
  const definitions: Record<string, SchemaNode> = {};
  const kinds: Record<string, SchemaBundle["kinds"][string]> = {};
  for (const { kind, spec } of objects) {
    if (kind !== "CustomResourceDefinition" || !isRecord(spec) || !isRecord(spec["names"]))
      continue;
    const group = String(spec["group"]);
    const scope = spec["scope"] === "Cluster" ? "cluster" : "namespace";
    const versions = Array.isArray(spec["versions"]) ? spec["versions"].filter(isRecord) : [];
    for (const version of versions) {
      const schema = isRecord(version["schema"]) ? version["schema"]["openAPIV3Schema"] : undefined;
      if (!isRecord(schema)) continue;
      const type = { group, version: String(version["name"]), kind: String(spec["names"]["kind"]) };
      definitions[typeKey(type)] = withObjectFields(schemaNode(schema));
      const served = version["served"] !== false;
      kinds[typeKey(type)] = { definition: typeKey(type), scope, served };
    }
  }
  return { definitions, kinds };
}

/** Several bundles as one; the later wins. */
export function joinedSchemas(...bundles: readonly SchemaBundle[]): SchemaBundle {
  return {
    definitions: Object.assign({}, ...bundles.map((each) => each.definitions)) as Definitions,
    kinds: Object.assign({}, ...bundles.map((each) => each.kinds)) as SchemaBundle["kinds"],
  };
}

// Every object has these, whether its CRD says so or not; what is in metadata is the server's, but
// for what the CRD demands of the name.
function withObjectFields(schema: SchemaNode): SchemaNode {
  if (schema.properties === undefined) return schema;
  const text = { type: "string" } as const;
  const name = schema.properties["metadata"]?.properties?.["name"];
  const metadata = {
    type: "object",
    "x-kubernetes-preserve-unknown-fields": true,
    ...(name ? { properties: { name } } : {}),
  } as const;
  const own = { apiVersion: text, kind: text, metadata, ...schema.properties };
  return { ...schema, properties: { ...own, metadata } };
}
