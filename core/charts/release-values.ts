import { isRecord, parseYaml } from "../manifests/parse.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { mappings } from "../diff/pod-spec.ts";
import { setValue } from "./set-value.ts";

type Values = Record<string, unknown>;

/** The values that helm-controller gives to a chart, as far as the repository tells. */
export type ReleaseValues = {
  readonly values: Readonly<Values>;
  /** What lives in the cluster, or cannot be read here: `Secret shop/api-values (values.yaml)`. */
  readonly notKnown: readonly string[];
  /** ConfigMaps and Secrets that were read. */
  readonly read: readonly KubernetesObject[];
};

/** Finds an object of the same namespace among those that are applied together. */
export type FindObject = (kind: string, name: string) => KubernetesObject | undefined;

/**
 * `valuesFrom` in its order, then `values` over them, as helm-controller merges them (its package
 * chartutil; a value with a targetPath is set over what was there so far).
 */
export function releaseValues(
  spec: Readonly<Record<string, unknown>>,
  { namespace, find }: { readonly namespace: string; readonly find: FindObject },
): ReleaseValues {
  // A copy: a value with a targetPath is set into it where mappings are shared.
  const own: Values = isRecord(spec["values"]) ? structuredClone(spec["values"]) : {};
  const notKnown: string[] = [];
  const read: KubernetesObject[] = [];
  let result: Values = {};
  for (const reference of mappings(spec["valuesFrom"])) {
    const [kind, name] = [String(reference["kind"]), String(reference["name"])];
    const key = textOr(reference["valuesKey"], "values.yaml");
    const what = `${kind} ${namespace}/${name} (${key})`;
    const object = find(kind, name);
    const text = object === undefined ? undefined : valueOf(object, key);
    if (object === undefined || text === undefined) {
      notKnown.push(object === undefined ? what : `${what}: no value of it can be read here`);
      continue;
    }
    read.push(object);
    const path = textOr(reference["targetPath"], "");
    if (path === "") {
      const layer = parsed(text);
      if (layer === undefined)
        notKnown.push(`${what}: it cannot be read as a mapping of values here`);
      else result = merged(result, layer);
      continue;
    }
    result = merged(result, own);
    const isLiteral = reference["literal"] === true;
    const isSet = setValue(result, { path, text, isLiteral });
    if (!isSet) notKnown.push(`${what}: only Helm can tell what ${path} becomes`);
  }
  return { values: merged(result, own), notKnown, read };
}

function valueOf(object: KubernetesObject, key: string): string | undefined {
  // Encrypted: Flux decrypts it in the cluster.
  if ("sops" in object) return undefined;
  const { data, stringData } = object;
  const plain = isRecord(stringData) ? stringData[key] : undefined;
  const value = plain ?? (isRecord(data) && Object.hasOwn(data, key) ? data[key] : undefined);
  if (typeof value !== "string" || /\$\{[A-Za-z_]/.test(value)) return undefined;
  return object.kind === "Secret" && plain === undefined ? decoded(value) : value;
}

function decoded(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64.trim()), (one) => one.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsed(text: string): Values | undefined {
  const { documents, problems } = parseYaml(text, "", { as: "helm", exactIntegers: true });
  if (problems.length > 0) return undefined;
  const value = documents[0]?.value ?? {};
  return isRecord(value) ? value : undefined;
}

// As MergeMaps of Flux' chartutil does it: a mapping that only one side has is shared, not copied, so
// that what a targetPath sets in a mapping of `values` stays over them, and over a plain value not.
function merged(a: Readonly<Values>, b: Readonly<Values>): Values {
  const result: Values = { ...a };
  for (const [key, value] of Object.entries(b)) {
    if (key === "__proto__") continue;
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    result[key] = isRecord(before) && isRecord(value) ? merged(before, value) : value;
  }
  return result;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
