// Values of secrets are never shown; that they changed, and how long they are, is.
import { count } from "../count.ts";
import { isBase64 } from "../manifests/base64.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { textOf } from "./values.ts";
import type { Edit } from "./edits.ts";
import { withoutSecrets } from "./embedded-secrets.ts";
import { childAt, type Path } from "./path.ts";
import { besideValues, secretKeys } from "./secret-fields.ts";

/** In place of a value of `data` that the API server cannot decode. */
export const noBase64 = "(secret, no base64)";
/** In place of a number or switch among the texts of a Secret. */
export const noText = "(secret, no text)";

/** How a secret value is written; undefined for one that is not secret. */
type Form = "base64" | "string" | "text" | undefined;

/** The object with its secret values replaced by their lengths. */
export function maskedObject(object: KubernetesObject): KubernetesObject {
  return masked(object, undefined) as KubernetesObject;
}

/** The edit with its secret values replaced by their lengths; `before` and `after` are the objects. */
export function maskedEdit(edit: Edit, before: unknown, after: unknown): Edit {
  const old = (value: unknown) => masked(value, formAt(before, edit.path, "before"));
  const next = (value: unknown) => masked(value, formAt(after, edit.path, "after"));
  switch (edit.kind) {
    case "added":
      return { ...edit, after: next(edit.after) };
    case "removed":
      return { ...edit, before: old(edit.before) };
    case "changed":
      return { ...edit, before: old(edit.before), after: next(edit.after) };
    case "reordered":
      return { ...edit, before: edit.before.map(old), after: edit.after.map(next) };
  }
}

/** Whether what stands at a path of an object is secret, by what it stands in. */
function formAt(object: unknown, path: Path, side: "before" | "after"): Form {
  let at = object;
  let form: Form;
  for (const step of path) {
    if (typeof step === "string" && isRecord(at)) form ??= formOf(step, at);
    at = childAt(at, step, side);
  }
  return form;
}

function formOf(key: string, mapping: Readonly<Record<string, unknown>>): Form {
  const isOfSecret = isSecret(mapping) && !besideValues.has(key);
  if (!isOfSecret) return secretKeys.has(key) ? "text" : undefined;
  return key === "data" ? "base64" : key === "stringData" ? "string" : "text";
}

// A Secret may stand in another object (a chart's values), and a mistake in its apiVersion does not
// make its values less secret. Without metadata it is no more than a reference to one.
function isSecret({ kind, apiVersion, metadata }: Readonly<Record<string, unknown>>): boolean {
  const isOthers = typeof apiVersion === "string" && /\..*\//.test(apiVersion);
  return kind === "Secret" && isRecord(metadata) && !isOthers;
}

function masked(value: unknown, form: Form): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => masked(item, form));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (isRecord(value)) return maskedMapping(value, form);
  if (value === null || value === undefined) return value;
  if (typeof value === "string" && value.startsWith("ENC[AES256_GCM,")) {
    return `(encrypted, ${bytes(value)})`;
  }
  if (form === undefined) return typeof value === "string" ? withoutSecrets(value, hidden) : value;
  if (form !== "text" && typeof value !== "string") return noText;
  const text = textOf(value);
  if (form !== "base64") return hidden(text);
  // What Flux puts in later may be base64.
  const isTaken = text.includes("${") || isBase64(text);
  return isTaken ? `(secret, ${bytes(text, "base64")})` : noBase64;
}

// What holds no secret is the very same value: objects may have a hundred thousand entries.
function maskedMapping(
  mapping: Readonly<Record<string, unknown>>,
  form: Form,
): Readonly<Record<string, unknown>> {
  const changed = new Map<string, unknown>();
  for (const key of Object.keys(mapping)) {
    const own = masked(mapping[key], form ?? formOf(key, mapping));
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

function hidden(text: string): string {
  return `(secret, ${bytes(text)})`;
}

function bytes(text: string, form: "base64" | "text" = "text"): string {
  const length =
    form === "text"
      ? new TextEncoder().encode(text).length
      : Math.floor((text.replaceAll(/[\s=]/g, "").length * 3) / 4);
  return count(length, "byte");
}
