// Values of a HelmRelease: those of ConfigMaps and Secrets in order, then its own.
import { createHash } from "node:crypto";
import { parse, stringify } from "yaml";
import { isRecord, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { HelmReleaseSpec, ValuesReference } from "./helm-release-spec.ts";

export type Values = Readonly<Record<string, unknown>>;

export class ValuesFailure extends Error {}

/** @throws ValuesFailure */
export function composeValues(cluster: Cluster, { metadata, spec }: KubeObject): Values {
  const { values = {}, valuesFrom = [] } = spec as HelmReleaseSpec;
  let result: Values = {};
  for (const reference of valuesFrom) {
    const text = readReference(cluster, metadata.namespace ?? "", reference);
    if (text === undefined) continue;
    if (reference.targetPath) {
      result = setAt(mergeValues(result, values), reference.targetPath.split("."), scalar(text));
      continue;
    }
    const read: unknown = parse(text, { version: "1.1" });
    result = mergeValues(result, isRecord(read) ? read : {});
  }
  return mergeValues(result, values);
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
  throw new ValuesFailure(
    `could not resolve ${kind} chart values reference '${namespace}/${name}' with key '${valuesKey}': ${cause}`,
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

function setAt(values: Values, [key = "", ...rest]: readonly string[], value: unknown): Values {
  const below = values[key];
  const next = rest.length === 0 ? value : setAt(isRecord(below) ? below : {}, rest, value);
  return { ...values, [key]: next };
}

// As `helm --set` reads a value: numbers and booleans, quoted ones stay text.
function scalar(text: string): unknown {
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  if (quoted) return quoted[2];
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9]\d*)$/.test(text) ? Number(text) : text;
}
