// Writes sandbox/flux-embedded/api/field-types.json: the fields of every kind that the embedded
// cluster serves, and their types, as a real kube-apiserver with Flux' definitions publishes them.
// `npm run kube -- update` runs it after it moved sandbox/flux-real/go.mod.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createKinds, apiVersionOf } from "../sandbox/flux-embedded/api/kinds.ts";
import type { KubeObject } from "../sandbox/flux-embedded/api/kube-object.ts";
import { fluxDefinitions } from "../sandbox/flux-embedded/toolkit/definitions.ts";
import { startRealFlux } from "../sandbox/flux-real/start.ts";
import { ensureCluster } from "./tools/cluster.ts";

type Schema = {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly oneOf?: unknown;
  readonly "x-kubernetes-list-type"?: string;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-group-version-kind"?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
};

type Rules = {
  required?: readonly string[];
  enums?: Record<string, readonly string[]>;
  patterns?: Record<string, string>;
};

const target = resolve(import.meta.dirname, "../sandbox/flux-embedded/api/field-types.json");
const types: Record<string, Record<string, string>> = {};
const rules: Record<string, Rules> = {};
const kinds: Record<string, string> = {};

const binaries = await ensureCluster();
const directory = await mkdtemp(join(tmpdir(), "fluxgate-schemas-"));
const cluster = await startRealFlux({ directory, binaries });
try {
  const token = /token: (\S+)/.exec(await readFile(cluster.kubeconfig, "utf8"))?.[1] ?? "";
  const served = createKinds();
  for (const definition of fluxDefinitions()) if (isReal(definition)) served.define(definition);
  const groupVersions = new Set(
    served.all().flatMap((kind) => kind.versions.map((version) => apiVersionOf(kind, version))),
  );
  for (const groupVersion of [...groupVersions].sort()) {
    const path = groupVersion.includes("/") ? `apis/${groupVersion}` : `api/${groupVersion}`;
    const schemas = await readSchemasOf(path, token);
    for (const [name, schema] of Object.entries(schemas)) {
      const [gvk] = schema["x-kubernetes-group-version-kind"] ?? [];
      if (!gvk || !served.byKind(groupVersion, gvk.kind)) continue;
      const apiVersion = gvk.group ? `${gvk.group}/${gvk.version}` : gvk.version;
      if (apiVersion !== groupVersion) continue;
      kinds[`${apiVersion} ${gvk.kind}`] = describe(schemas, shortName(name), schema);
    }
  }
} finally {
  await cluster.stop();
}
const lines = (record: object) =>
  Object.entries(record)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(",\n");
const text = `{"kinds":{\n${lines(kinds)}},\n"types":{\n${lines(types)}},\n"rules":{\n${lines(rules)}}}\n`;
// What says the same stays, in the form that it has.
const isSame = (await readFile(target, "utf8").then(asData)) === asData(text);
if (!isSame) await writeFile(target, text);

function asData(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

// The controllers of images are not built here: their kinds have no fields in the embedded cluster.
function isReal({ metadata }: KubeObject): boolean {
  const [plural = "", ...group] = (metadata.name ?? "").split(".");
  return existsSync(join(binaries, "crds", `${group.join(".")}_${plural}.yaml`));
}

// The server publishes definitions some seconds after it serves them.
async function readSchemasOf(
  path: string,
  token: string,
): Promise<Readonly<Record<string, Schema>>> {
  for (let tries = 0; tries < 60; tries += 1) {
    const body = await get(`${cluster.url}/openapi/v3/${path}`, token);
    if (body !== undefined) {
      const document = JSON.parse(body) as { components: { schemas: Record<string, Schema> } };
      return document.components.schemas;
    }
    await new Promise((resume) => setTimeout(resume, 500));
  }
  throw new Error(`Failed to read the schemas of ${path}: the server does not publish them`);
}

function get(url: string, token: string): Promise<string | undefined> {
  return new Promise((settle, reject) => {
    const headers = { Authorization: `Bearer ${token}` };
    request(url, { headers, rejectUnauthorized: false }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => settle(response.statusCode === 200 ? body : undefined));
    })
      .on("error", reject)
      .end();
  });
}

function describe(schemas: Readonly<Record<string, Schema>>, name: string, schema: Schema): string {
  if (types[name]) return name;
  const fields: Record<string, string> = {};
  types[name] = fields;
  const ofDefinition = name.includes("toolkit");
  for (const [field, value] of Object.entries(schema.properties ?? {})) {
    fields[field] = typeText(schemas, `${name}.${field}`, value);
  }
  if (ofDefinition) addRules(name, schema);
  return name;
}

function addRules(name: string, { required, properties = {} }: Schema): void {
  const picked = <T>(pick: (schema: Schema) => T | undefined) =>
    Object.fromEntries(
      Object.entries(properties)
        .map(([field, schema]) => [field, pick(schema)] as const)
        .filter((entry): entry is readonly [string, T] => entry[1] !== undefined),
    );
  const enums = picked((schema) => schema.enum);
  const patterns = picked((schema) => schema.pattern);
  const found: Rules = {
    ...(required ? { required } : {}),
    ...(Object.keys(enums).length > 0 ? { enums } : {}),
    ...(Object.keys(patterns).length > 0 ? { patterns } : {}),
  };
  if (Object.keys(found).length > 0) rules[name] = found;
}

function typeText(schemas: Readonly<Record<string, Schema>>, name: string, schema: Schema): string {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (reference) {
    const long = reference.split("/").at(-1) ?? "";
    return typeText(schemas, shortName(long), schemas[long] ?? {});
  }
  const { type, properties, additionalProperties, items } = schema;
  if (schema.oneOf || schema.format === "int-or-string") return "scalar";
  if (schema["x-kubernetes-preserve-unknown-fields"] && !properties) return "any";
  if (type === "string" || type === "boolean") return type;
  if (type === "integer" || type === "number") return "number";
  if (type === "array" && items) {
    const keys = schema["x-kubernetes-list-map-keys"];
    const isMap = schema["x-kubernetes-list-type"] === "map" && keys;
    return `[${isMap ? keys.join() : ""}]${typeText(schemas, name, items)}`;
  }
  if (properties) return describe(schemas, name, schema);
  if (typeof additionalProperties === "object") {
    return `{}${typeText(schemas, name, additionalProperties)}`;
  }
  return "any";
}

// `io.k8s.api.core.v1.Container` → `core.v1.Container`
function shortName(name: string): string {
  return name.replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis)\./, "").replace(/^io\.fluxcd\./, "");
}
