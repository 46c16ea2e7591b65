import { createHash } from "node:crypto";
import type { KubeObject, Metadata } from "../api/kube-object.ts";
import { ownerReference } from "../cluster.ts";

export type PodTemplate = { readonly metadata?: Partial<Metadata>; readonly spec: object };

// Kubernetes' alphabet for generated names: no vowels, so that no words come out.
const alphabet = "bcdfghjklmnpqrstvwxz2456789";

/** Ten letters that stand for a template; the same template, the same letters. */
export function templateHash(template: unknown): string {
  const digest = createHash("sha256")
    .update(JSON.stringify(sorted(template)))
    .digest();
  return letters(digest.subarray(0, 10));
}

export function randomSuffix(): string {
  return letters(Buffer.from(Array.from({ length: 5 }, () => Math.floor(Math.random() * 256))));
}

/** A pod of that template, not yet created. */
export function podOf(
  owner: KubeObject,
  template: PodTemplate,
  { name, labels = {} }: { readonly name: string; readonly labels?: Record<string, string> },
): KubeObject {
  const { namespace } = owner.metadata;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      labels: { ...template.metadata?.labels, ...labels },
      ...(template.metadata?.annotations ? { annotations: template.metadata.annotations } : {}),
      ownerReferences: [ownerReference(owner)],
    },
    spec: structuredClone(template.spec),
  };
}

function letters(bytes: Buffer): string {
  return [...bytes].map((byte) => alphabet[byte % alphabet.length] ?? "b").join("");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
