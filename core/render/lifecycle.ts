import type { KubernetesObject } from "../manifests/identity.ts";
import type { Said } from "./finding.ts";

export type Lifecycles = Readonly<
  Record<
    string,
    { readonly deprecated?: number; readonly removed?: number; readonly replacement?: string }
  >
>;

/** Which of Kubernetes' APIs come and go by which version, and which one the cluster has. */
export type KnownLifecycles = {
  readonly lifecycles: Lifecycles;
  /** Minor version: 36 for 1.36. */
  readonly minor: number;
  /** The later minor that brings a kind, of those known here; none where the cluster has it. */
  readonly laterMinorWith: (typeKey: string) => number | undefined;
};

/** Whether a cluster of a version already has the API version of an object, and for how long. */
export function lifecycleFindings(
  object: KubernetesObject,
  { lifecycles, minor, laterMinorWith }: KnownLifecycles,
): readonly Said[] {
  const type = `${object.apiVersion} ${object.kind}`;
  const key = `${object.apiVersion}/${object.kind}`;
  const later = laterMinorWith(key);
  if (later !== undefined) {
    const message = `${type} comes with Kubernetes 1.${later}, the cluster has 1.${minor}`;
    return [{ severity: "error", message }];
  }
  const entry = lifecycles[key];
  if (!entry) return [];
  const { deprecated, removed, replacement } = entry;
  const instead = replacement ? `: use ${replacement}` : "";
  if (removed !== undefined && removed <= minor) {
    const message = `${type} was removed in Kubernetes 1.${removed}, the cluster has 1.${minor}${instead}`;
    return [{ severity: "error", message }];
  }
  if (deprecated === undefined || deprecated > minor) return [];
  const end = removed === undefined ? "" : ` and goes in 1.${removed}`;
  return [
    { severity: "warning", message: `${type} is deprecated since 1.${deprecated}${end}${instead}` },
  ];
}

/** Whether a cluster of this version has an API version that newer ones lack. */
export function goesLater(
  { apiVersion, kind }: KubernetesObject,
  { lifecycles, minor }: { readonly lifecycles: Lifecycles; readonly minor: number },
): boolean {
  return (lifecycles[`${apiVersion}/${kind}`]?.removed ?? 0) > minor;
}
