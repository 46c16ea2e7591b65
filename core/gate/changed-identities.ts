import { addTo } from "../flux/flux-index.ts";
import type { FluxReference, Kustomization } from "../flux/flux-object.ts";
import type { Identity } from "../manifests/identity.ts";
import { scopeFinder } from "../manifests/scope.ts";
import { buildersOf } from "./builders.ts";
import type { ClusterView } from "./cluster-view.ts";
import { oncePerView } from "./cluster-view.ts";
import { exactly } from "./built-change.ts";

const scopeOf = scopeFinder([]);
// kustomize's prefix and suffix transformers leave these alone.
const neverRenamed = new Set(["CustomResourceDefinition", "Namespace", "APIService"]);

type Names = Pick<Kustomization, "namePrefix" | "nameSuffix" | "targetNamespace">;

/** The identity that a Kustomization gives an object: its targetNamespace, prefix and suffix. */
export function appliedIdentity(identity: Identity, k: Names): Identity {
  const namespaced = scopeOf(identity) === "namespace";
  const renamed = neverRenamed.has(identity.kind)
    ? identity.name
    : `${k.namePrefix}${identity.name}${k.nameSuffix}`;
  const namespace = namespaced ? (k.targetNamespace ?? identity.namespace) : "";
  return { ...identity, namespace, name: renamed };
}

export type ChangedIdentity = Identity & {
  /** X took the file away. */
  readonly removed: boolean;
};

/**
 * The objects of changed files under the names that they may have in the cluster, by kind and name.
 */
const changedIdentities = oncePerView((view): ReadonlyMap<string, readonly ChangedIdentity[]> => {
  const byName = new Map<string, ChangedIdentity[]>();
  const add = (one: Identity, removed: boolean) => addTo(byName, nameKey(one), { ...one, removed });
  for (const { path, identities, removed } of [...view.changed, ...view.above]) {
    if (identities.length === 0) continue;
    const builders = buildersOf(view, path);
    const guessed = builders.filter(({ all }) => ![...all].every((k) => exactly(view, k)));
    // What Flux builds of it has the names that it gives it, and no others.
    if (builders.length > 0 && guessed.length === 0) continue;
    for (const identity of identities) {
      add(identity, removed);
      for (const { like } of guessed) add(appliedIdentity(identity, like), removed);
    }
  }
  for (const built of Object.values(view.cluster.built ?? {})) {
    if (built.kind === "unknown") continue;
    for (const identity of built.changed) add(identity, false);
    for (const identity of built.removed) add(identity, true);
  }
  return byName;
});

/** Changed objects of this kind and name; kinds are compared without case, as messages need it. */
export function changedNamed(
  view: ClusterView,
  of: { readonly kind: string; readonly name: string },
): readonly ChangedIdentity[] {
  return changedIdentities(view).get(nameKey(of)) ?? [];
}

/** Did X change the object that a reference names? */
export function isChanged(view: ClusterView, reference: FluxReference): boolean {
  return changedNamed(view, reference).some(
    ({ kind, namespace }) =>
      kind === reference.kind && (namespace === "" || namespace === reference.namespace),
  );
}

function nameKey({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind.toLowerCase()}/${name}`;
}
