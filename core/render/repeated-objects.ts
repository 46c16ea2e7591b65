import type { Problem } from "../errors.ts";
import { identityKey, identityOf } from "../manifests/identity.ts";
import type { Identity, KubernetesObject } from "../manifests/identity.ts";
import { scopeFinder, type ScopeOf } from "../manifests/scope.ts";

type Placed = {
  readonly object: KubernetesObject;
  readonly file: string;
  /** What is applied with it for certain: a Flux Kustomization's cluster, an environment. */
  readonly together?: string | undefined;
};

/**
 * Objects that are there twice where they are applied together: for certain (`errors`), or as far as
 * the folders tell (`warnings`): below the path of one of Flux' Kustomizations among them; without
 * any, in the folders of one environment (`dev/api`, `dev/web`). Two environments may of course both
 * have one.
 */
export function repeatedObjects(
  objects: readonly Placed[],
  /** The folders here that Flux' Kustomizations among them apply, the top one as `""`. */
  roots: readonly string[],
): { readonly errors: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const scopeOf = scopeFinder(objects.map(({ object }) => object));
  const grouped = (groupOf: (placed: Placed) => string) => groups(objects, scopeOf, groupOf);
  const certain = grouped(({ together, file }) => together ?? `file ${file}`);
  const likely = grouped(({ file }) => appliedWith(file, roots));
  const said = new Set(certain.map(({ name, files }) => JSON.stringify([name, files])));
  const guessed = likely
    .filter(({ name, files }) => !said.has(JSON.stringify([name, files])))
    // What two overlays make of one base is not there twice: each is for a cluster of its own.
    .map(({ name, files }) => ({ name, files: [...new Set(files)] }))
    .filter(({ files }) => files.length > 1);
  return {
    errors: certain.map(problemOf),
    warnings: byFiles(guessed).map(guessOf),
  };
}

const mostNames = 3;

type Repeated = { readonly name: string; readonly files: readonly string[] };

function groups(
  objects: readonly Placed[],
  scopeOf: ScopeOf,
  groupOf: (placed: Placed) => string,
): readonly Repeated[] {
  const places = new Map<string, { name: string; files: string[] }>();
  for (const placed of objects) {
    const identity = identityOf(placed.object);
    const name = identityKey(identity);
    const key = JSON.stringify([groupOf(placed), identityKey(effective(identity, scopeOf))]);
    const known = places.get(key) ?? { name, files: [] };
    places.set(key, known);
    known.files.push(placed.file);
  }
  return [...places.values()].filter(({ files }) => files.length > 1);
}

// As kustomize compares them (kyaml resid, EffectiveNamespace): no namespace is "default", and what lives
// in none has none, whatever its file says.
function effective(identity: Identity, scopeOf: ScopeOf): Identity {
  const namespace = scopeOf(identity) === "cluster" ? "" : identity.namespace || "default";
  return { ...identity, namespace };
}

function problemOf({ name, files }: Repeated): Problem {
  const [first = "", ...others] = files;
  const elsewhere = [...new Set(others)].filter((file) => file !== first);
  const message =
    elsewhere.length === 0
      ? `${name} is there ${files.length === 2 ? "twice" : `${files.length} times`}`
      : `${name} is in ${elsewhere.join(", ")} as well`;
  return { file: first, message };
}

function byFiles(all: readonly Repeated[]): readonly (readonly Repeated[])[] {
  const found = new Map<string, Repeated[]>();
  for (const one of all) {
    const key = one.files.join("\n");
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found.values()];
}

/** Of objects that are in the same files: a copy of a whole file is one thing to say. */
function guessOf(all: readonly Repeated[]): Problem {
  const [file = "", ...elsewhere] = all[0]?.files ?? [];
  const names = all.map(({ name }) => name).slice(0, mostNames);
  const more = all.length - names.length;
  const named = [...names, ...(more > 0 ? [`${more} more`] : [])];
  const last = named.pop() ?? "";
  const objects = named.length === 0 ? last : `${named.join(", ")} and ${last}`;
  return {
    file,
    message: `${objects} ${all.length === 1 ? "is" : "are"} in ${elsewhere.join(", ")} as well: in one cluster each overwrites the other`,
  };
}

function appliedWith(file: string, roots: readonly string[]): string {
  const parts = file.split("/");
  if (roots.length === 0) return parts.slice(0, -2).join("/");
  const inside = roots.filter((root) => root === "" || file.startsWith(`${root}/`));
  const [longest = parts.slice(0, -1).join("/")] = inside.sort((a, b) => b.length - a.length);
  return longest;
}
