import { type Identity, identityOf, type KubernetesObject } from "../manifests/identity.ts";

/** `ConfigMap shop/settings`, `Namespace shop`: as an object is named in a sentence. */
export function objectName(of: Identity | KubernetesObject): string {
  const { kind, namespace, name } = "apiVersion" in of ? identityOf(of) : of;
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
}
