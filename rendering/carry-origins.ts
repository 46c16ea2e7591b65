import type { KubernetesObject } from "../core/manifests/identity.ts";
import { joinOrigins } from "../core/render/origins.ts";
import type { RenderedDocument } from "./step-context.ts";

/**
 * What a step made of the objects before it, with what was known of these: an object is the same by
 * kind and name, where only one has them (a step may set the namespace; what it renames is new).
 */
export function carryOrigins(
  before: readonly RenderedDocument[],
  after: readonly RenderedDocument[],
): readonly RenderedDocument[] {
  const known = new Map<string, RenderedDocument | undefined>();
  for (const document of before) {
    const key = keyOf(document.object);
    known.set(key, known.has(key) ? undefined : document);
  }
  return after.map((document) => {
    const earlier = known.get(keyOf(document.object));
    if (earlier === undefined) return document;
    return { ...document, origin: joinOrigins(earlier.origin, document.origin) };
  });
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}
