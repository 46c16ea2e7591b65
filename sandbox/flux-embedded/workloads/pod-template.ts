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

type PodName = {
  readonly name: string;
  readonly labels?: Record<string, string>;
  /** Whether the name ends in random letters. */
  readonly random?: boolean;
};

/** A pod of that template, not yet created. */
export function podOf(
  owner: KubeObject,
  template: PodTemplate,
  { name, labels = {}, random = false }: PodName,
): KubeObject {
  const { namespace } = owner.metadata;
  const generateName = random ? `${owner.metadata.name}-` : undefined;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      ...(generateName ? { generateName } : {}),
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
