// What leaves git and stays in the cluster, and what goes although nothing deletes it by itself.
import { identityKey, type KubernetesObject } from "../manifests/identity.ts";
import { isOptedOut } from "../flux/garbage-collection.ts";
import { annotationsOf } from "./labels.ts";
import type { Keeper, ObjectChange } from "./object-change.ts";
import { objectName } from "../manifests/object-name.ts";
import { typeName } from "./object-type.ts";
import { textOf, valueAt } from "./values.ts";

/** Who keeps an object that leaves git; undefined: nobody does. */
export type KeeperOf = (object: KubernetesObject) => Keeper | undefined;

/** Of objects that Flux applies, and prunes. */
export const keptByItself: KeeperOf = (object) => (isOptedOut(object) ? "object" : undefined);

/** Of objects that a Flux Kustomization applies which does not delete what leaves it. */
export const keptByKustomization: KeeperOf = (object) => keptByItself(object) ?? "kustomization";

/** Of objects that a chart renders: what Flux reads of others says nothing to Helm. */
export const keptByHelm: KeeperOf = (object) =>
  annotationsOf(object)["helm.sh/resource-policy"] === "keep" ? "helm" : undefined;

/** The same changes, with what keeps those that leave git and stay. */
export function withKept(
  objects: readonly ObjectChange[],
  keeperOf: KeeperOf = keptByItself,
): readonly ObjectChange[] {
  const told = objects.map((one): ObjectChange => {
    const kept = one.change === "removed" && one.before ? keeperOf(one.before) : undefined;
    return kept === undefined ? one : { ...one, kept };
  });
  return withTakenAlong(told);
}

/**
 * The same changes, without those kept that go all the same: a Namespace takes along all that is in it,
 * a definition all objects of its kind, whatever these say.
 */
export function withTakenAlong(objects: readonly ObjectChange[]): readonly ObjectChange[] {
  const gone = objects.filter(({ change, kept }) => change === "removed" && kept === undefined);
  const takers = new Map(gone.flatMap((one) => placeOf(one).map((place) => [place, one] as const)));
  if (takers.size === 0) return objects;
  return objects.map((one) => {
    if (one.kept === undefined) return one;
    const taker = placesIn(one).flatMap((place) => takers.get(place) ?? [])[0];
    if (taker === undefined) return one;
    const change: { -readonly [Key in keyof ObjectChange]: ObjectChange[Key] } = { ...one };
    delete change.kept;
    const isSame = taker.root === one.root;
    const unsure = isSame ? "" : ", where that is of the same cluster";
    return { ...change, goesWith: `${objectName(taker.identity)}${unsure}` };
  });
}

/** What is taken along with an object, by a name that {@link placesIn} gives it too. */
function placeOf({ identity, before }: ObjectChange): readonly string[] {
  const type = typeName(identity);
  if (type === "Namespace") return [`in ${identity.name}`];
  if (type !== "CustomResourceDefinition.apiextensions.k8s.io") return [];
  const [group, kind] = ["spec.group", "spec.names.kind"].map((at) => textOf(valueAt(before, at)));
  return [`of ${kind}.${group}`];
}

function placesIn({ identity }: ObjectChange): readonly string[] {
  return [`in ${identity.namespace}`, `of ${identity.kind}.${identity.group}`];
}

/** What is kept among changes: it goes on being there for whatever looks beside it. */
export function keptObjects(changes: readonly ObjectChange[]): readonly KubernetesObject[] {
  return changes.flatMap(({ kept, before }) => (kept === undefined ? [] : (before ?? [])));
}

/** Keys of HelmReleases that leave git while all that their charts made stays in the cluster. */
export function leftInstalled(changes: readonly ObjectChange[]): ReadonlySet<string> {
  const left = changes.filter(({ change, kept, before }) => {
    return change === "removed" && (kept !== undefined || isSuspended(before));
  });
  return new Set(left.map(({ identity }) => identityKey(identity)));
}

/** Whether Flux looks at it no more: helm-controller does not uninstall such a release either. */
export function isSuspended(object: ObjectChange["before"]): boolean {
  return valueAt(object, "spec.suspend") === true;
}
