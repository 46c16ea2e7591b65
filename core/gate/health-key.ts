import type { FluxApplier, KubeConfigReference } from "../flux/flux-object.ts";
import type { Identity } from "../manifests/identity.ts";
import { identityKey } from "../manifests/identity.ts";

/**
 * Names an object's health among what was read: what an applier with `kubeConfig` applied lives in
 * another cluster, and is never a namesake of this one.
 */
export function healthKey({ kubeConfig }: FluxApplier, identity: Identity): string {
  const key = identityKey(identity);
  return kubeConfig === undefined ? key : `${kubeConfigText(kubeConfig)}|${key}`;
}

/** `flux-system/prod-west`, as the configuration names it. */
export function kubeConfigText({ namespace, name }: KubeConfigReference): string {
  return `${namespace}/${name}`;
}
