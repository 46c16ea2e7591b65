import { posix } from "node:path";
import { isIgnoreFile } from "../../core/flux/ignore/left-out.ts";
import { isKustomizationPath } from "../../core/manifests/kustomization-file.ts";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import { kustomizationReferences } from "../../core/render/kustomization-references.ts";
import { type FolderRoot, isInside } from "./folder-roots.ts";

type Contents = Readonly<Record<string, Uint8Array>>;

/**
 * The files that a build of a root reads, as far as kustomizations name them: all below the folder and
 * below what they name, and lists of files to leave out. Each file more that a build is given costs it
 * time, minutes where a repository has hundreds of roots.
 */
export function filesReached(files: Contents): (root: FolderRoot) => Contents {
  const known = new Map<string, readonly string[]>();
  const named = (kustomization: string) => {
    const there = known.get(kustomization) ?? namedIn(kustomization, files[kustomization]);
    known.set(kustomization, there);
    return there;
  };
  const paths = Object.keys(files);
  return ({ path: folder, kustomization }) => {
    const reached = new Set(paths.filter(isIgnoreFile));
    const places = new Set([folder, ...componentsOf(kustomization, folder)]);
    // What a place names is looked at in its turn: a set tells of what is added meanwhile.
    for (const place of places) {
      for (const path of paths) {
        if (reached.has(path) || !isInside(path, place)) continue;
        reached.add(path);
        if (isKustomizationPath(path)) for (const one of named(path)) places.add(one);
      }
    }
    return Object.fromEntries([...reached].map((path) => [path, files[path] as Uint8Array]));
  };
}

// Flux adds them to the folder's kustomization.
function componentsOf(kustomization: FolderRoot["kustomization"], folder: string) {
  const spec: unknown = kustomization?.["spec"];
  const components = isRecord(spec) ? spec["components"] : undefined;
  const named = Array.isArray(components) ? components : [];
  return named.filter((one) => typeof one === "string").map((one) => placeOf(folder, one));
}

function placeOf(folder: string, named: string): string {
  return posix.join(folder, named).replace(/\/$/, "");
}

function namedIn(path: string, content: Uint8Array | undefined): readonly string[] {
  const value = parseYaml(Buffer.from(content ?? []).toString("utf8"), path).documents[0]?.value;
  if (!isRecord(value)) return [];
  return kustomizationReferences(value, { withCharts: true }).map(({ text }) =>
    placeOf(posix.dirname(path), text),
  );
}
