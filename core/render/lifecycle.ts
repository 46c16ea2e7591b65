import type { KubernetesObject } from "../manifests/identity.ts";
import type { Said } from "./finding.ts";

export type Lifecycles = Readonly<
  Record<
    string,
    { readonly deprecated?: number; readonly removed?: number; readonly replacement?: string }
  >
>;

/** Which versions of Kubernetes have which of its APIs, and which one the cluster has. */
export type KnownLifecycles = {
  readonly lifecycles: Lifecycles;
  readonly minor: number;
  /** The first minor that has it, of those whose kinds are known: 36 for 1.36. */
  readonly firstMinorWith: (typeKey: string) => number | undefined;
};

/** Whether a cluster of a version already has the API version of an object, and for how long. */
export function lifecycleFindings(
  object: KubernetesObject,
  { lifecycles, minor, firstMinorWith }: KnownLifecycles,
): readonly Said[] {
  const type = `${object.apiVersion} ${object.kind}`;
  const key = `${object.apiVersion}/${object.kind}`;
  const entry = lifecycles[key];
  // What goes by some minor may be older than all whose kinds are known.
  const first = entry?.removed === undefined ? firstMinorWith(key) : undefined;
  if (first !== undefined && first > minor) {
    const message = `${type} comes with Kubernetes 1.${first}, the cluster has 1.${minor}`;
    return [{ severity: "error", message }];
  }
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
