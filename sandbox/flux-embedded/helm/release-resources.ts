// Objects of a release in the cluster: whose they are, made, changed and removed.
import { applyObject, deleteObject } from "../api/admit.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { splitApiVersion } from "../api/kinds.ts";
import type { KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { shortName } from "../toolkit/inventory.ts";
import type { ReleaseRequest } from "./release-request.ts";

export const manager = "helm-controller";

/** What went wrong once there is something in the cluster, or in the storage. */
export class ReleaseFailure extends Error {}

/** What went wrong before anything was changed: nothing is stored of it. */
export class BuildFailure extends Error {}

/** Objects as the manifest of a release lists them: in their namespace, with Flux' labels. */
export function ownedObjects(
  cluster: Cluster,
  { draft, release }: Pick<ReleaseRequest, "draft" | "release">,
  objects: readonly KubeObject[],
): KubeObject[] {
  const { name, namespace = "" } = draft.object.metadata;
  return objects.map((object) => {
    const kind = cluster.api.kinds.byKind(object.apiVersion, object.kind);
    if (!kind) throw unknownKind(object);
    const { metadata } = object;
    const labels = {
      ...metadata.labels,
      "helm.toolkit.fluxcd.io/name": name,
      "helm.toolkit.fluxcd.io/namespace": namespace,
    };
    const inside = kind.namespaced ? { namespace: metadata.namespace ?? release.namespace } : {};
    return { ...object, metadata: { ...metadata, ...inside, labels } };
  });
}

function unknownKind({ apiVersion, kind, metadata }: KubeObject): BuildFailure {
  const { name, namespace = "" } = metadata;
  return new BuildFailure(
    `unable to build kubernetes objects from release manifest: resource mapping not found for name: "${name}" namespace: "${namespace}" from "": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
  );
}

/** The object as it is applied: with the marks that say which release it belongs to. */
export function marked(object: KubeObject, { name, namespace }: ReleaseRequest["release"]) {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, "app.kubernetes.io/managed-by": "Helm" },
      annotations: {
        ...metadata.annotations,
        "meta.helm.sh/release-name": name,
        "meta.helm.sh/release-namespace": namespace,
      },
    },
  };
}

/** Applies one after the other. @throws ReleaseFailure at the first that is refused */
export function applyResources(
  cluster: Cluster,
  objects: readonly KubeObject[],
  release: ReleaseRequest["release"],
): void {
  for (const object of objects) {
    try {
      applyObject(cluster.api, marked(object, release), { manager, force: true });
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const { group, version } = splitApiVersion(object.apiVersion);
      const { namespace, name } = object.metadata;
      const at = [namespace, name].filter(Boolean).join("/");
      const kind = `${group}/${version}, Kind=${object.kind}`;
      throw new ReleaseFailure(
        `server-side apply failed for object ${at} ${kind}: ${error.message}`,
      );
    }
  }
}

/** Deletes those of `before` that `after` no longer has, unless they are to be kept. */
export function removeResources(
  cluster: Cluster,
  before: readonly KubeObject[],
  after: readonly KubeObject[],
): void {
  const kept = new Set(after.map(shortName));
  for (const object of [...before].reverse()) {
    const isKept = object.metadata.annotations?.["helm.sh/resource-policy"] === "keep";
    if (isKept || kept.has(shortName(object))) continue;
    const kind = cluster.api.kinds.byKind(object.apiVersion, object.kind);
    const live = kind && cluster.api.store.get({ kind, ...object.metadata });
    if (kind && live) deleteObject(cluster.api, { kind, ...object.metadata });
  }
}
