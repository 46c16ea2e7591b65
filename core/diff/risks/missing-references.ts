import type { KubernetesObject } from "../../manifests/identity.ts";
import { objectName } from "../../manifests/object-name.ts";
import type { ObjectChange } from "../object-change.ts";
import { podSpecOf } from "../pod-spec.ts";
import { type Reference, referencesOf } from "../references.ts";
import { type Finding, medium, type Surroundings } from "../risk.ts";

const kinds = new Set(["ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim"]);

/**
 * What pods begin to name and nobody here brings, though all that they named before of that kind was
 * here. (Others may bring it, so that it is said and not held for certain.)
 */
export function missingReferences(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { before, after } = change;
  if (!beside.isWhole || before === undefined || podSpecOf(after) === undefined) return [];
  const [old, next] = [namedBy(before), namedBy(after)];
  const lost = [...next.values()].filter((one) => {
    const same = [...old.values()].filter(({ kind }) => kind === one.kind);
    return (
      !old.has(objectName(one)) &&
      !isHere(one, beside.after) &&
      same.length > 0 &&
      same.every((other) => isHere(other, beside.before))
    );
  });
  return lost.map((one) =>
    medium(
      `names ${objectName(one)}, which is not among what is applied: where it is not there, its pods do not start`,
    ),
  );
}

function namedBy(object: KubernetesObject | undefined): ReadonlyMap<string, Reference> {
  const references = object === undefined ? [] : referencesOf(object);
  return new Map(
    references.filter(({ kind }) => kinds.has(kind)).map((one) => [objectName(one), one]),
  );
}

// What makes a Secret mostly has its name.
function isHere(
  { kind, namespace, name }: Reference,
  objects: readonly KubernetesObject[],
): boolean {
  if (kind === "ServiceAccount" && name === "default") return true;
  return objects.some(
    (one) =>
      (one.metadata.namespace ?? "") === namespace &&
      (one.kind === kind || kind === "Secret") &&
      (one.metadata.name === name || (kind === "Secret" && makes(one, name))),
  );
}

function makes({ spec }: KubernetesObject, name: string): boolean {
  return spec !== undefined && JSON.stringify(spec).includes(JSON.stringify(name));
}
