import type { Problem } from "../errors.ts";
import { identityKey, identityOf } from "../manifests/identity.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";

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
export function repeatedObjects(objects: readonly Placed[]): {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
} {
  const roots = objects.flatMap(({ object }) => appliedPath(object));
  const certain = groups(objects, ({ together, file }) => together ?? `file ${file}`);
  const likely = groups(objects, ({ file }) => appliedWith(file, roots));
  const errors = certain.map(problemOf);
  const said = new Set(errors.map(({ message }) => message));
  return {
    errors,
    warnings: likely.map(problemOf).filter(({ message }) => !said.has(message)),
  };
}

type Repeated = { readonly name: string; readonly files: readonly string[] };

function groups(
  objects: readonly Placed[],
  groupOf: (placed: Placed) => string,
): readonly Repeated[] {
  const places = new Map<string, { name: string; files: string[] }>();
  for (const placed of objects) {
    const name = identityKey(identityOf(placed.object));
    const key = JSON.stringify([groupOf(placed), name]);
    const known = places.get(key) ?? { name, files: [] };
    places.set(key, known);
    known.files.push(placed.file);
  }
  return [...places.values()].filter(({ files }) => files.length > 1);
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

function appliedPath({ kind, apiVersion, spec }: KubernetesObject): readonly string[] {
  const isFlux = kind === "Kustomization" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/");
  const path = isFlux && isRecord(spec) ? spec["path"] : undefined;
  return typeof path === "string" ? [path.replace(/^\.?\/+|\/+$/g, "")] : [];
}

function appliedWith(file: string, roots: readonly string[]): string {
  const parts = file.split("/");
  if (roots.length === 0) return parts.slice(0, -2).join("/");
  const inside = roots.filter((root) => root === "" || file.startsWith(`${root}/`));
  const [longest = parts.slice(0, -1).join("/")] = inside.sort((a, b) => b.length - a.length);
  return longest;
}
