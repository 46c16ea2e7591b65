import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";

/**
 * Two versions of an object whose mappings of labels and of data are there on both sides if they
 * are on one: so each of their keys is an edit of its own, and an empty one is none.
 */
export function comparable(
  before: KubernetesObject,
  after: KubernetesObject,
): readonly [KubernetesObject, KubernetesObject] {
  const metadata = withBoth(before.metadata, after.metadata, ["labels", "annotations"]);
  const hasData = before.apiVersion === "v1" && /^(Secret|ConfigMap)$/.test(before.kind);
  const data = hasData ? ["data", "stringData", "binaryData"] : [];
  const [old, next] = withBoth(before, after, data);
  return [
    { ...old, metadata: metadata[0] },
    { ...next, metadata: metadata[1] },
  ];
}

function withBoth<Fields extends Readonly<Record<string, unknown>>>(
  before: Fields,
  after: Fields,
  names: readonly string[],
): readonly [Fields, Fields] {
  const missing = (one: Fields, other: Fields) =>
    names.filter((name) => !Object.hasOwn(one, name) && isRecord(other[name]));
  const add = (one: Fields, fields: readonly string[]): Fields =>
    fields.length === 0 ? one : { ...one, ...Object.fromEntries(fields.map((name) => [name, {}])) };
  return [add(before, missing(before, after)), add(after, missing(after, before))];
}
