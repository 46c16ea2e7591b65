import { isRecord } from "../manifests/parse.ts";

/** What a reference of Flux names, the namespace of its own object written out; null for none. */
export function referenceIn(namespace: string, reference: unknown): unknown {
  if (!isRecord(reference)) return reference ?? null;
  const named = reference["namespace"];
  return { ...reference, namespace: named === undefined || named === "" ? namespace : named };
}
