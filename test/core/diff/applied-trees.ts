// What Flux applies of a repository, by its own builds: the root's Kustomization, those that it brings,
// and those that they bring.
import type { KubernetesObject } from "../../../core/manifests/identity.ts";
import { identityKey, identityOf } from "../../../core/manifests/identity.ts";
import { parseManifests } from "../../../core/manifests/parse.ts";
import type { Kube } from "../../../kube/kube.ts";
import type { Tree } from "./random-trees.ts";

export type AppliedTree = {
  /** By `identityKey`. */
  readonly objects: ReadonlyMap<string, KubernetesObject>;
  /** Each with what it applies, the root's first. */
  readonly kustomizations: readonly {
    readonly object: KubernetesObject;
    readonly built: readonly KubernetesObject[];
  }[];
};

const bootstrap = {
  ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
  metadata: { name: "flux-system", namespace: "flux-system" },
  spec: {
    ...{ path: "./clusters/prod", prune: true },
    sourceRef: { kind: "GitRepository", name: "flux-system" },
  },
};

/** @returns undefined where one is refused, or two bring one object. */
export async function appliedTree(kube: Kube, files: Tree): Promise<AppliedTree | undefined> {
  const sync = files["clusters/prod/flux-system/gotk-sync.yaml"];
  const root = sync === undefined ? undefined : parseManifests(sync, "sync").documents[0]?.object;
  const objects = new Map<string, KubernetesObject>();
  const kustomizations: { object: KubernetesObject; built: readonly KubernetesObject[] }[] = [];
  // Grows while it is walked.
  const queue: KubernetesObject[] = [root ?? bootstrap];
  for (const kustomization of queue) {
    const vars = [...objects.values()].find(({ metadata }) => metadata.name === "vars");
    const variables =
      vars === undefined
        ? {}
        : { variables: { "ConfigMap/vars": vars["data"] as Readonly<Record<string, string>> } };
    const result = await kube.build({ files, kustomization, ...variables });
    if (result.kind !== "built") return undefined;
    const built = result.objects.map(({ object }) => object);
    kustomizations.push({ object: kustomization, built });
    for (const object of built.filter(({ metadata }) => metadata.name !== "flux-system")) {
      const key = identityKey(identityOf(object));
      if (objects.has(key)) return undefined;
      objects.set(key, object);
      if (object.kind === "Kustomization") queue.push(object);
    }
  }
  return { objects, kustomizations };
}
