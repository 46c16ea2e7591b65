import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import type { RenderedRelease } from "./rendered-release.ts";

/** Bytes that tell nothing of a text but whether it is the same as another: keyed, key thrown away. */
export type Disguise = (text: string) => Uint8Array;

/**
 * A release whose Secrets hold no secret: each value is as long as it was, and differs where it did.
 * Whoever may read a pull request can read what is attached to it.
 */
export function concealSecrets(release: RenderedRelease, disguise: Disguise): RenderedRelease {
  const conceal = (objects: readonly KubernetesObject[]) =>
    objects.map((object) => (isSecret(object) ? concealed(object, disguise) : object));
  return { ...release, before: conceal(release.before), after: conceal(release.after) };
}

function isSecret({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion === "v1" && kind === "Secret";
}

function concealed(object: KubernetesObject, disguise: Disguise): KubernetesObject {
  const { data, stringData } = object;
  const mapped = (map: unknown, conceal: (value: string) => string) =>
    isRecord(map)
      ? Object.fromEntries(
          Object.entries(map).map(([key, value]) => [key, conceal(textOf(value))] as const),
        )
      : undefined;
  const plain = mapped(stringData, (text) => disguised(text, text.length, disguise));
  const encoded = mapped(data, (text) => btoa(disguised(text, decodedLength(text), disguise)));
  // What kubectl last applied may repeat it.
  const { annotations, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: { ...metadata, ...(annotations ? { annotations: kept(annotations) } : {}) },
    ...(encoded === undefined ? {} : { data: encoded }),
    ...(plain === undefined ? {} : { stringData: plain }),
  };
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

function kept(annotations: unknown): unknown {
  if (!isRecord(annotations)) return {};
  const { [lastApplied]: removed, ...others } = annotations;
  return removed === undefined ? annotations : others;
}

// Shorter ones could be told apart by nothing.
const shortest = 8;

function disguised(text: string, length: number, disguise: Disguise): string {
  const bytes = [...disguise(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return bytes.repeat(Math.ceil(length / bytes.length) + 1).slice(0, Math.max(shortest, length));
}

function decodedLength(base64: string): number {
  return Math.floor((base64.replaceAll(/[\s=]/g, "").length * 3) / 4);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
