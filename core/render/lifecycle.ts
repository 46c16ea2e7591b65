import type { KubernetesObject } from "../manifests/identity.ts";
import type { Said } from "./finding.ts";

export type Lifecycles = Readonly<
  Record<
    string,
    { readonly deprecated?: number; readonly removed?: number; readonly replacement?: string }
  >
>;

/** Whether a cluster of a version still has the API version of an object, and for how long. */
export function lifecycleFindings(
  object: KubernetesObject,
  { lifecycles, minor }: { readonly lifecycles: Lifecycles; readonly minor: number },
): readonly Said[] {
  const entry = lifecycles[`${object.apiVersion}/${object.kind}`];
  if (!entry) return [];
  const { deprecated, removed, replacement } = entry;
  const instead = replacement ? `: use ${replacement}` : "";
  const type = `${object.apiVersion} ${object.kind}`;
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
