// Values of a HelmRelease: those of ConfigMaps and Secrets in order, then its own.
import { createHash } from "node:crypto";
import { parseAllDocuments, stringify, type Tags } from "yaml";
import { isRecord, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { HelmReleaseSpec, ValuesReference } from "./helm-release-spec.ts";
import { setValue } from "./set-value.ts";

export type Values = Readonly<Record<string, unknown>>;

export class ValuesFailure extends Error {}

/** @throws ValuesFailure */
export function composeValues(cluster: Cluster, { metadata, spec }: KubeObject): Values {
  const { values: own = {}, valuesFrom = [] } = spec as HelmReleaseSpec;
  // A copy: what a targetPath sets inside a mapping of these stays there (fluxcd/pkg chartutil).
  const values = structuredClone(own);
  let result: Values = {};
  for (const reference of valuesFrom) {
    const namespace = metadata.namespace ?? "";
    const text = readReference(cluster, namespace, reference);
    if (text === undefined) continue;
    try {
      if (reference.targetPath) {
        result = mergeValues(result, values);
        setAt(result, { ...reference, targetPath: reference.targetPath }, text);
      } else result = mergeValues(result, readValues(text));
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw unresolved(namespace, reference, cause);
    }
  }
  return mergeValues(result, values);
}

// As helm-controller hands it on: a literal text with everything that `--set` would read as a sign
// hidden from it, one in quotes as a text, all else by its kind.
function setAt(
  values: Record<string, unknown>,
  { targetPath, literal = false }: ValuesReference & { readonly targetPath: string },
  text: string,
): void {
  const isQuoted = ["'", '"'].some((quote) => text.startsWith(quote) && text.endsWith(quote));
  const value = literal
    ? text.replace(/[\\,[\]{}]/g, "\\$&")
    : isQuoted
      ? text.replace(/^['"]+|['"]+$/g, "")
      : text;
  setValue(values, `${targetPath}=${value}`, !literal && !isQuoted);
}

// Dates, and numbers to the base of sixty, are texts for Helm's reader.
const reading = {
  ...({ version: "1.1", uniqueKeys: false } as const),
  customTags: (tags: Tags) =>
    tags.filter((one) => typeof one === "string" || !(one.format === "TIME" || isDate(one.tag))),
};
const isDate = (tag: string) => tag === "tag:yaml.org,2002:timestamp";

/** Values of a YAML text as Helm reads it: its first document, a mapping or nothing. @throws Error */
export function readValues(text: string, goType = "common.Values"): Values {
  const [first] = parseAllDocuments(text, reading);
  if (!first || !("toJS" in first)) return {};
  const [error] = first.errors;
  if (error) {
    throw new Error(`error converting YAML to JSON: yaml: ${error.message.split("\n")[0] ?? ""}`);
  }
  const read: unknown = first.toJS();
  if (read === null || read === undefined) return {};
  if (isRecord(read)) return read;
  const kind = Array.isArray(read) ? "array" : typeof read === "boolean" ? "bool" : typeof read;
  const where = "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal";
  throw new Error(`${where} ${kind} into Go value of type ${goType}`);
}

/** What the status calls configDigest: of the values as sorted YAML, nothing for none. */
export function digestOfValues(values: Values): string {
  const isEmpty = Object.keys(values).length === 0;
  const options = { version: "1.1", sortMapEntries: true, indentSeq: false } as const;
  const text = isEmpty ? "" : stringify(values, options);
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

function readReference(
  cluster: Cluster,
  namespace: string,
  { kind, name, valuesKey = "values.yaml", optional = false }: ValuesReference,
): string | undefined {
  const object = cluster.api.store.get({ kind: kindOf(cluster, "v1", kind), namespace, name });
  const data = (object?.["data"] ?? {}) as Readonly<Record<string, string>>;
  const value = data[valuesKey];
  if (value !== undefined) {
    return kind === "Secret" ? Buffer.from(value, "base64").toString("utf8") : value;
  }
  if (optional) return undefined;
  const plural = kind === "Secret" ? "secrets" : "configmaps";
  const cause = object ? "key not found" : `${plural} "${name}" not found`;
  throw unresolved(namespace, { kind, name, valuesKey }, cause);
}

function unresolved(
  namespace: string,
  { kind, name, valuesKey = "values.yaml", optional = false }: ValuesReference,
  cause: string,
): ValuesFailure {
  const what = `${optional ? "optional " : ""}${kind} chart values reference`;
  return new ValuesFailure(
    `could not resolve ${what} '${namespace}/${name}' with key '${valuesKey}': ${cause}`,
  );
}

export function mergeValues(under: Values, over: Values): Values {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isRecord(value) && isRecord(below) ? mergeValues(below, value) : value;
  }
  return merged;
}
