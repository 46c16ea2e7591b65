import { mappings } from "../../core/diff/pod-spec.ts";
import { valueAt } from "../../core/diff/values.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import { isRecord } from "../../core/manifests/parse.ts";
import type { Kube } from "../../kube/kube.ts";

/**
 * What helm-controller does to a chart's objects before Helm applies them: kustomize's patches and
 * images by Flux' own code, common metadata, its own labels.
 */
export async function postRender(
  objects: readonly KubernetesObject[],
  release: KubernetesObject,
  kube: Pick<Kube, "build">,
): Promise<readonly KubernetesObject[]> {
  let result = objects;
  for (const renderer of mappings(valueAt(release, "spec.postRenderers"))) {
    if (isRecord(renderer["kustomize"]))
      result = await kustomize(result, renderer["kustomize"], kube);
  }
  const common = valueAt(release, "spec.commonMetadata");
  const labels = { ...textsAt(common, "labels"), ...ownLabels(release) };
  const annotations = textsAt(common, "annotations");
  return result.map((object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...textsAt(object.metadata, "labels"), ...labels },
      ...(Object.keys(annotations).length === 0
        ? {}
        : { annotations: { ...textsAt(object.metadata, "annotations"), ...annotations } }),
    },
  }));
}

async function kustomize(
  objects: readonly KubernetesObject[],
  { patches, images }: Readonly<Record<string, unknown>>,
  kube: Pick<Kube, "build">,
): Promise<readonly KubernetesObject[]> {
  if (objects.length === 0) return objects;
  const kustomization = { resources: ["helm-output.yaml"], patches, images };
  const result = await kube.build({
    files: {
      "kustomization.yaml": toYaml(kustomization),
      "helm-output.yaml": objects.map((object) => toYaml(object)).join("---\n"),
    },
    path: "",
    origins: false,
  });
  if (result.kind === "built") return result.objects.map(({ object }) => object);
  if (result.kind === "failed") throw new Error(`its postRenderers fail: ${result.message}`);
  throw new Error(`its postRenderers need Flux' own code: ${result.text}`);
}

function ownLabels({ metadata }: KubernetesObject) {
  const { name, namespace = "" } = metadata;
  return {
    "helm.toolkit.fluxcd.io/name": name,
    "helm.toolkit.fluxcd.io/namespace": namespace,
  };
}

function textsAt(value: unknown, field: string): Readonly<Record<string, unknown>> {
  const found = valueAt(value, field);
  return isRecord(found) ? found : {};
}
