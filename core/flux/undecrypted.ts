import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";

/**
 * Whether SOPS encrypted an object that this Flux Kustomization does not decrypt. Of a Secret
 * kustomize-controller says so and applies nothing of the Kustomization (`apply` of 1.9); of other
 * kinds the API server does not know the field `sops`. An annotation may take an object out of it.
 */
export function isUndecrypted(object: KubernetesObject, kustomization: KubernetesObject): boolean {
  if (!isRecord(object["sops"])) return false;
  const { annotations } = object.metadata;
  if (isRecord(annotations) && "kustomize.toolkit.fluxcd.io/decrypt" in annotations) return false;
  const { spec } = kustomization;
  const decryption = isRecord(spec) ? spec["decryption"] : undefined;
  return !isRecord(decryption) || decryption["provider"] !== "sops";
}
