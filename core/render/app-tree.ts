import type { App } from "../delivery/delivery.ts";
import { inApplyOrder } from "../manifests/apply-order.ts";
import { manifestFileNames } from "../manifests/file-name.ts";
import { identityOf } from "../manifests/identity.ts";
import type { Identity, KubernetesObject } from "../manifests/identity.ts";
import { toYaml } from "../manifests/kubernetes-yaml.ts";
import { scopeFinder } from "../manifests/scope.ts";

export type AppFile = {
  /** Under the environment's folder. */
  readonly path: string;
  readonly text: string;
  /** Absent for kustomization.yaml. */
  readonly identity?: Identity;
};

/** Objects that name no namespace get the app's, cluster-scoped kinds excepted. */
export function withNamespace(
  objects: readonly KubernetesObject[],
  namespace: string | undefined,
): readonly KubernetesObject[] {
  if (namespace === undefined) return objects;
  const scopeOf = scopeFinder(objects);
  return objects.map((object) => {
    const identity = identityOf(object);
    if (identity.namespace !== "" || scopeOf(identity) === "cluster") return object;
    const { name, ...rest } = object.metadata;
    return { ...object, metadata: { name, ...rest, namespace } };
  });
}

/**
 * The files of one app: one object a file and a kustomization.yaml that lists them in the order of
 * applying; nothing at all for no objects (kustomize refuses an empty kustomization).
 */
export function appTree(app: App, objects: readonly KubernetesObject[]): readonly AppFile[] {
  if (objects.length === 0) return [];
  const sorted = [...objects].sort(inApplyOrder);
  const identities = sorted.map(identityOf);
  const names = manifestFileNames(identities);
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: names,
  };
  const folder = app.path;
  const files = sorted.map((object, index): AppFile => {
    const identity = identities[index];
    return {
      path: `${folder}/${names[index] ?? ""}`,
      text: toYaml(object),
      ...(identity ? { identity } : {}),
    };
  });
  return [...files, { path: `${folder}/kustomization.yaml`, text: toYaml(kustomization) }];
}
