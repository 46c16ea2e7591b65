import { isOptedOut } from "../flux/garbage-collection.ts";
import { type KubernetesObject, splitApiVersion } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { toYaml } from "../manifests/kubernetes-yaml.ts";
import { type AppliedObject, type MergeFinding, objectKey } from "./merge-finding.ts";

type Sides = {
  readonly before: readonly AppliedObject[];
  readonly after: readonly AppliedObject[];
};

/** Definitions that go although objects of their kinds stay. */
export function lostDefinitions({ before, after }: Sides): readonly MergeFinding[] {
  const stays = new Set(after.map(({ object }) => objectKey(object)));
  return before
    .filter(({ object }) => isDefinition(object) && !stays.has(objectKey(object)))
    .filter(({ object }) => !isOptedOut(object))
    .flatMap(({ object }): readonly MergeFinding[] => {
      const users = after.filter((one) => kindOf(one.object) === kindDefinedBy(object));
      const [first] = users;
      if (first === undefined) return [];
      const count = users.length === 1 ? "" : ` and ${users.length - 1} more of its kind`;
      const message = `${objectKey(object)} goes, while ${objectKey(first.object)}${count} stay: they are deleted with it, and Flux can apply them no longer`;
      return [{ severity: "error", message, file: first.file }];
    });
}

/** Kinds whose definition is another one: objects that stay as they are have to fit it too. */
export function redefinedKinds({ before, after }: Sides): ReadonlySet<string> {
  const earlier = new Map(before.map(({ object }) => [objectKey(object), object]));
  const changed = after.filter(({ object }) => {
    const was = isDefinition(object) ? earlier.get(objectKey(object)) : undefined;
    return was !== undefined && toYaml(was) !== toYaml(object);
  });
  return new Set(changed.map(({ object }) => kindDefinedBy(object)));
}

/** `group/kind`, whatever the version. */
export function kindOf(object: KubernetesObject): string {
  return `${splitApiVersion(object.apiVersion)[0]}/${object.kind}`;
}

export function isDefinition({ kind }: KubernetesObject): boolean {
  return kind === "CustomResourceDefinition";
}

/** The `group/kind` that a CustomResourceDefinition brings. */
export function kindDefinedBy({ spec }: KubernetesObject): string {
  const { group, names } = isRecord(spec) ? spec : {};
  return `${String(group)}/${String(isRecord(names) ? names["kind"] : "")}`;
}
