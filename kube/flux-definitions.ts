import type { Definitions } from "../core/manifests/check-schema.ts";
import { type KubernetesObject, splitApiVersion } from "../core/manifests/identity.ts";
import { kindDefinedBy, kindOf } from "../core/merge/definitions.ts";
import type { SchemaBundle } from "../core/manifests/object-schemas.ts";
import type { SchemaNode } from "../core/manifests/schema-node.ts";
import { isRecord } from "../core/manifests/parse.ts";
import packed from "./flux.json" with { type: "json" };

/** Whose definitions these are, `Flux 2.9`: where a cluster's are in git, those judge in their place. */
export const fluxRelease = `Flux ${packed.version}`;

/**
 * The CustomResourceDefinitions of Flux's release for those of its kinds among objects that `given`
 * does not define: Flux installs them itself, so that they seldom lie beside what uses them.
 */
export async function fluxDefinitionsFor(
  objects: readonly KubernetesObject[],
  given: readonly KubernetesObject[],
): Promise<readonly KubernetesObject[]> {
  const asked = objects.filter(isOfFlux);
  if (asked.length === 0) return [];
  const known = new Set(given.map(kindDefinedBy));
  const own = (await definitions()).filter((each) => !known.has(kindDefinedBy(each)));
  return own.filter((each) => asked.some((object) => definesTypeOf(each, object)));
}

/** Another version was, or will be, that of another release, which nobody knows here. */
export function definesTypeOf(definition: KubernetesObject, object: KubernetesObject): boolean {
  if (kindDefinedBy(definition) !== kindOf(object)) return false;
  const { versions } = definition["spec"] as { readonly versions: readonly { name: string }[] };
  return versions.some(({ name }) => name === splitApiVersion(object.apiVersion)[1]);
}

function isOfFlux({ apiVersion }: KubernetesObject): boolean {
  return splitApiVersion(apiVersion)[0].endsWith(".fluxcd.io");
}

let read: Promise<readonly KubernetesObject[]> | undefined;

function definitions(): Promise<readonly KubernetesObject[]> {
  read ??= unpacked().then(definitionsOf);
  return read;
}

// In Node and in browsers alike.
async function unpacked(): Promise<SchemaBundle> {
  const bytes = Uint8Array.from(atob(packed.data), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as SchemaBundle;
}

function definitionsOf(bundle: SchemaBundle): readonly KubernetesObject[] {
  const versions = new Map<string, object[]>();
  for (const [type, { definition }] of Object.entries(bundle.kinds)) {
    const [group = "", name = "", kind = ""] = type.split("/");
    const of = `${group}/${kind}`;
    versions.set(of, [
      ...(versions.get(of) ?? []),
      versionOf(name, bundle.definitions[definition]),
    ]);
  }
  return [...versions].map(([type, served]) => {
    const [group = "", kind = ""] = type.split("/");
    const plural = `${kind.toLowerCase()}s`;
    const names = { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() };
    return {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: `${plural}.${group}` },
      spec: { group, scope: "Namespaced", names, versions: served },
    };
  });
}

function versionOf(name: string, schema: Definitions[string] | undefined): object {
  const hasStatus = schema?.properties?.["status"] !== undefined;
  return {
    ...{ name, served: true, storage: true },
    schema: { openAPIV3Schema: schema && withOpenLists(schema) },
    ...(hasStatus && { subresources: { status: {} } }),
  };
}

// Lists to which other controllers add words of their own, where they are installed.
function withOpenLists(schema: SchemaNode): SchemaNode {
  return JSON.parse(JSON.stringify(schema), (_, value: unknown) => {
    if (!isRecord(value) || value["x-fluxgate-open"] !== true) return value;
    const isOurs = (key: string) => key === "enum" || key === "x-fluxgate-open";
    return Object.fromEntries(Object.entries(value).filter(([key]) => !isOurs(key)));
  }) as SchemaNode;
}
