import { type Identity, identityKey, type KubernetesObject } from "../manifests/identity.ts";
import { identityOf } from "../manifests/identity.ts";
import { scopeFinder } from "../manifests/scope.ts";

/** Something that a merge would do wrong, at its place. */
export type MergeFinding = {
  /** A warning was so before, or nobody can tell whether it matters. */
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
};

/** An object as it is applied, and the file that it comes from. */
export type AppliedObject = {
  readonly object: KubernetesObject;
  readonly file: string;
  /** Variables of its build that only the cluster knows; absent where it was not built. */
  readonly open?: readonly string[];
  /** Its Flux Kustomization has `spec.force`. */
  readonly forced?: true;
};

/** Objects that more than one file brings to the same cluster; `before` had them already. */
export function duplicateFindings(
  after: readonly AppliedObject[],
  before: readonly AppliedObject[],
): readonly MergeFinding[] {
  const known = new Set([...duplicates(before)].map(([key]) => key));
  return [...duplicates(after)].map(([key, files]) => {
    const [first = "", ...others] = files;
    return {
      severity: known.has(key) ? "warning" : "error",
      message: `${key} is in ${others.join(", ")} as well: Flux can apply only one of them`,
      file: first,
    };
  });
}

/** Names an object of a cluster, whatever version it is written in. */
export function objectKey(object: KubernetesObject): string {
  return identityKey(identityOf(object) satisfies Identity);
}

function duplicates(objects: readonly AppliedObject[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, Set<string>>();
  const scopeOf = scopeFinder(objects.map(({ object }) => object));
  for (const { object, file } of objects) {
    const identity = identityOf(object);
    const isHomeless = identity.namespace === "" && scopeOf(identity) === "namespace";
    // Where an object without one is applied to.
    const key = identityKey(isHomeless ? { ...identity, namespace: "default" } : identity);
    files.set(key, (files.get(key) ?? new Set()).add(file));
  }
  return new Map(
    [...files].filter(([, each]) => each.size > 1).map(([key, each]) => [key, [...each].sort()]),
  );
}
