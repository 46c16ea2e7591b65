import { decodedBase64 } from "../manifests/base64.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { canonical } from "./values.ts";

/** Keys of a Secret that hold the same bytes on both sides, in `data` or in `stringData`. */
export function sameSecrets(before: KubernetesObject, after: KubernetesObject): Set<string> {
  const [old, next] = [bytesOf(before), bytesOf(after)];
  return new Set([...next].flatMap(([key, value]) => (old.get(key) === value ? [key] : [])));
}

// The API server writes stringData over data.
function bytesOf({ data, stringData }: KubernetesObject): ReadonlyMap<string, string> {
  const entries = (value: unknown) => (isRecord(value) ? Object.entries(value) : []);
  return new Map([
    ...entries(data).map(([key, value]) => [key, decoded(value)] as const),
    ...entries(stringData).map(([key, value]) => [key, encoded(value)] as const),
  ]);
}

// What is no base64 equals only itself.
function decoded(value: unknown): string {
  if (typeof value !== "string") return `no text: ${canonical(value)}`;
  const bytes = decodedBase64(value);
  return bytes === undefined ? `no base64: ${value}` : `bytes: ${bytes}`;
}

function encoded(value: unknown): string {
  if (typeof value !== "string") return `no text: ${canonical(value)}`;
  return `bytes: ${Array.from(new TextEncoder().encode(value), (one) => String.fromCharCode(one)).join("")}`;
}
