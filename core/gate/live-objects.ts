// "present": where the objects of changed files are in the cluster.
import type { FluxApplier, Kustomization } from "../flux/flux-object.ts";
import type { Identity } from "../manifests/identity.ts";
import { scopeFinder } from "../manifests/scope.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBound, isUnder } from "./cluster-view.ts";
import type { ChangedFile } from "./gate-input.ts";

export type LiveObject =
  | {
      readonly state: "present";
      readonly path: string;
      readonly identity: Identity;
      /** Whose inventory holds it. */
      readonly applier: FluxApplier;
    }
  | { readonly state: "absent"; readonly path: string; readonly identity: Identity }
  /** Its identity in the cluster cannot be told. */
  | { readonly state: "unmapped"; readonly path: string; readonly why: string };

/** The Kustomizations on this branch that build from a file: by their path, or by a base. */
export function buildersOf(
  view: ClusterView,
  file: Pick<ChangedFile, "path">,
  among: readonly FluxApplier[] = view.members,
): readonly Kustomization[] {
  return among
    .filter((object) => isBound(view, object))
    .filter((k) => isUnder(file.path, k.path) || isBase(view, k, file.path));
}

function isBase(view: ClusterView, k: Kustomization, path: string): boolean {
  const bases = Object.hasOwn(view.input.bases, k.path) ? view.input.bases[k.path] : undefined;
  return (bases ?? []).some((folder) => isUnder(path, folder));
}

/** Every object of a changed file that is still there, as it is found in the inventories. */
export function liveObjects(
  view: ClusterView,
  appliers: readonly FluxApplier[],
): readonly LiveObject[] {
  return view.changed
    .filter((file) => !file.removed)
    .flatMap((file) => {
      const builders = buildersOf(view, file, appliers);
      const unmapped =
        file.unreadable === undefined
          ? []
          : [{ state: "unmapped", path: file.path, why: file.unreadable } as const];
      return [
        ...file.identities.flatMap((identity) =>
          locate(identity, { path: file.path, builders, appliers }),
        ),
        ...unmapped,
      ];
    });
}

function locate(
  identity: Identity,
  {
    path,
    builders,
    appliers,
  }: {
    readonly path: string;
    readonly builders: readonly Kustomization[];
    readonly appliers: readonly FluxApplier[];
  },
): readonly LiveObject[] {
  const wanted =
    builders.length === 0 ? [identity] : builders.map((k) => appliedIdentity(identity, k));
  const others = appliers.filter((applier) => !builders.some((k) => k === applier));
  for (const group of [builders, others]) {
    const found = group.flatMap((applier) =>
      applier.inventory
        .filter((entry) => wanted.some((one) => isSameObject(entry, one)))
        .map((entry) => ({ state: "present", path, identity: entry, applier }) as const),
    );
    if (found.length > 0) return found;
  }
  const renamed = renamedIn(builders, identity);
  const [only] = renamed;
  if (only !== undefined && renamed.length === 1) return [{ state: "present", path, ...only }];
  const viaBase = builders.length > 0 && builders.every((k) => !isUnder(path, k.path));
  if (renamed.length === 0 && !viaBase) {
    return [{ state: "absent", path, identity: wanted[0] ?? identity }];
  }
  const why = viaBase
    ? "it is a base of another folder's kustomization"
    : `it may be any of ${renamed.map((one) => one.identity.name).join(", ")}`;
  return [{ state: "unmapped", path, why }];
}

type Applied = { readonly identity: Identity; readonly applier: FluxApplier };

// A kustomization in the folder may change names and namespaces too, and is not read here: what it
// made of the object is looked for among what was built from the file.
function renamedIn(builders: readonly Kustomization[], identity: Identity): readonly Applied[] {
  const all = builders.flatMap((applier) =>
    applier.inventory
      .filter(({ group, kind }) => group === identity.group && kind === identity.kind)
      .map((entry) => ({ identity: entry, applier })),
  );
  const moved = all.filter((one) => one.identity.name === identity.name);
  return moved.length > 0
    ? moved.filter(inOnlyNamespace)
    : all.filter((one) => isRenamed(one, identity.name));
}

type Built = { readonly identity: Identity; readonly applier: Kustomization };

// `namespace` moves everything; where there are more, one of the same name is another object.
function inOnlyNamespace({ identity: { namespace }, applier }: Built): boolean {
  return applier.inventory.every((entry) => [namespace, ""].includes(entry.namespace));
}

// `namePrefix` and `nameSuffix` rename everything alike; one object alone would prove nothing:
// `api-worker` is another object than `api`.
function isRenamed({ identity, applier }: Built, name: string): boolean {
  const at = identity.name.indexOf(name);
  if (at < 0 || neverRenamed.has(identity.kind)) return false;
  const prefix = identity.name.slice(0, at);
  const suffix = identity.name.slice(at + name.length);
  const others = applier.inventory.filter(
    (entry) => entry !== identity && !neverRenamed.has(entry.kind),
  );
  const alike = (entry: Identity) =>
    entry.name.startsWith(prefix) && withoutHash(entry).endsWith(suffix);
  return others.length > 0 && others.every(alike);
}

// kustomize's generators add a hash of ten characters after the suffix.
function withoutHash({ kind, name }: Identity): string {
  return kind === "ConfigMap" || kind === "Secret" ? name.replace(/-[a-z0-9]{10}$/, "") : name;
}

const scopeOf = scopeFinder([]);
// kustomize's prefix and suffix transformers leave these alone.
const neverRenamed = new Set(["CustomResourceDefinition", "Namespace", "APIService"]);

/** The identity that a Kustomization gives an object: its targetNamespace, prefix and suffix. */
export function appliedIdentity(identity: Identity, k: Kustomization): Identity {
  const namespaced = scopeOf(identity) === "namespace";
  const renamed = neverRenamed.has(identity.kind)
    ? identity.name
    : `${k.namePrefix}${identity.name}${k.nameSuffix}`;
  const namespace = namespaced ? (k.targetNamespace ?? identity.namespace) : "";
  return { ...identity, namespace, name: renamed };
}

/** An empty namespace fits any: the file leaves it open, or the kind has none. */
export function isSameObject(entry: Identity, wanted: Identity): boolean {
  return (
    entry.kind === wanted.kind &&
    entry.group === wanted.group &&
    entry.name === wanted.name &&
    (entry.namespace === wanted.namespace || wanted.namespace === "" || entry.namespace === "")
  );
}
