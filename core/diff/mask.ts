// Values of secrets are never shown; that they changed, and how long they are, is.
import { ownEntry } from "../own-entry.ts";
import { isBase64 } from "../manifests/base64.ts";
import type { Identity, KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { textOf } from "./values.ts";
import type { Edit } from "./edits.ts";

// By type: the mappings whose values are secret (or say nothing, being encrypted).
const secretFields: Readonly<Record<string, readonly string[]>> = {
  Secret: ["data", "stringData"],
  "SealedSecret.bitnami.com": ["spec.encryptedData"],
};
/** In place of a value of `data` that the API server cannot decode. */
export const noBase64 = "(secret, no base64)";
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** The object with its secret values replaced by their lengths. */
export function maskedObject(identity: Identity, object: KubernetesObject): KubernetesObject {
  return masked(object, [], fieldsOf(identity)) as KubernetesObject;
}

/** The edit with its secret values replaced by their lengths. */
export function maskedEdit(identity: Identity, edit: Edit): Edit {
  const path = edit.path.filter((step) => typeof step === "string");
  const fields = fieldsOf(identity);
  const mask = (value: unknown) => masked(value, path, fields);
  switch (edit.kind) {
    case "added":
      return { ...edit, after: mask(edit.after) };
    case "removed":
      return { ...edit, before: mask(edit.before) };
    case "changed":
      return { ...edit, before: mask(edit.before), after: mask(edit.after) };
    case "reordered":
      return {
        ...edit,
        before: edit.before.map(mask),
        after: edit.after.map(mask),
      };
  }
}

/**
 * @param path of the value; the same again afterwards
 * @param fields the mappings whose values are secret
 */
function masked(value: unknown, path: string[], fields: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => masked(item, path, fields));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (isRecord(value)) return maskedMapping(value, path, fields);
  if (value === null || value === undefined) return value;
  if (typeof value === "string" && value.startsWith("ENC[AES256_GCM,")) {
    return `(encrypted, ${bytes(value)})`;
  }
  if (!isSecret(path, fields)) return value;
  const text = textOf(value);
  if (path[0] !== "data") return `(secret, ${bytes(text)})`;
  // What Flux puts in later may be base64.
  const isTaken = text.includes("${") || isBase64(text);
  return isTaken ? `(secret, ${bytes(text, "base64")})` : noBase64;
}

// What holds no secret is the very same value: objects may have a hundred thousand entries.
function maskedMapping(
  mapping: Readonly<Record<string, unknown>>,
  path: string[],
  fields: readonly string[],
): Readonly<Record<string, unknown>> {
  const changed = new Map<string, unknown>();
  for (const key of Object.keys(mapping)) {
    path.push(key);
    const own = masked(mapping[key], path, fields);
    path.pop();
    if (own !== mapping[key]) changed.set(key, own);
  }
  if (changed.size === 0) return mapping;
  return Object.fromEntries(
    Object.entries(mapping).map(([key, value]) => [
      key,
      changed.has(key) ? changed.get(key) : value,
    ]),
  );
}

function isSecret(path: readonly string[], fields: readonly string[]): boolean {
  if (path.at(-1) === lastApplied) return true;
  // One that is no mapping, as it should be, is as secret.
  return fields.some((field) => `${path.join(".")}.`.startsWith(`${field}.`));
}

function fieldsOf({ group, kind }: Identity): readonly string[] {
  const type = group === "" ? kind : `${kind}.${group}`;
  return ownEntry(secretFields, type) ?? [];
}

function bytes(text: string, form: "base64" | "text" = "text"): string {
  const length =
    form === "text"
      ? new TextEncoder().encode(text).length
      : Math.floor((text.replaceAll(/[\s=]/g, "").length * 3) / 4);
  return `${length} byte${length === 1 ? "" : "s"}`;
}
