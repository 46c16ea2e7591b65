import { identityOf, type KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import type { ScopeOf } from "../manifests/scope.ts";

/** An object as kustomize's `namespace` (Flux: targetNamespace) makes it. */
export function inNamespace(
  object: KubernetesObject,
  namespace: string,
  scopeOf: ScopeOf,
): KubernetesObject {
  if (scopeOf(identityOf(object)) === "namespace") {
    return { ...withSubjects(object, namespace), metadata: { ...object.metadata, namespace } };
  }
  if (object.kind === "Namespace") {
    return { ...object, metadata: { ...object.metadata, name: namespace } };
  }
  return withSubjects(object, namespace);
}

// Of a binding's subjects only the account "default" follows by itself.
function withSubjects(object: KubernetesObject, namespace: string): KubernetesObject {
  const { subjects } = object;
  if (!/^(Cluster)?RoleBinding$/.test(object.kind) || !Array.isArray(subjects)) return object;
  return {
    ...object,
    subjects: (subjects as unknown[]).map((subject) =>
      isRecord(subject) && subject["kind"] === "ServiceAccount" && subject["name"] === "default"
        ? { ...subject, namespace }
        : subject,
    ),
  };
}
