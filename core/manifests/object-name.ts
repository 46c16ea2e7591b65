import { type Identity, identityOf, type KubernetesObject } from "./identity.ts";

type Named = Pick<Identity, "kind" | "namespace" | "name">;

/** `ConfigMap shop/settings`, `Namespace shop`: as an object is named in a sentence. */
export function objectName(of: Named | KubernetesObject): string {
  const { kind, namespace, name } = "apiVersion" in of ? identityOf(of) : of;
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
}
