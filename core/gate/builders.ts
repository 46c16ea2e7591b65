// Which Kustomizations build from a file: by their path, or by a base that their kustomizations
// take from outside of it.
import { addTo, fluxIndex } from "../flux/flux-index.ts";
import type { FluxApplier, Kustomization } from "../flux/flux-object.ts";
import { cleanFolder, foldersAround } from "../flux/folder.ts";
import { onceFor } from "../once-for.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBound, oncePerView } from "./cluster-view.ts";
import type { Layout } from "./gate-input.ts";

/** Kustomizations that make the same of a file: many may stand on one folder. */
export type Builders = {
  /** One of them: path, names and namespace are those of all. */
  readonly like: Kustomization;
  readonly all: ReadonlySet<Kustomization>;
  readonly layout: Layout | undefined;
};

/** Folder, or single file, that something builds from → what does, for all of the cluster. */
const byFolder = oncePerView((view): ReadonlyMap<string, readonly Builders[]> => {
  const { bases, layouts = {} } = view.input;
  const alike = new Map<string, Kustomization[]>();
  for (const k of fluxIndex(view.cluster.flux).kustomizations) {
    if (!isBound(view, k)) continue;
    addTo(alike, groupOf(k), k);
  }
  const byPath = new Map<string, Builders[]>();
  for (const all of alike.values()) {
    const [like] = all;
    if (like === undefined) continue;
    if (like.source.kind !== "GitRepository") {
      // Where the files of an artefact lie in the repository nobody says.
      const layout = { whole: "its source is an artefact, not git", unreached: [] };
      addTo(byPath, "", { like, all: new Set(all), layout });
      continue;
    }
    const { path } = like;
    const layout = Object.hasOwn(layouts, path) ? layouts[path] : undefined;
    const outside = Object.hasOwn(bases, path) ? (bases[path] ?? []) : [];
    const members = new Set(all);
    for (const folder of new Set([path, ...like.components, ...outside.map(cleanFolder)])) {
      addTo(byPath, folder, { like, all: members, layout });
    }
  }
  return byPath;
});

const groupOf = onceFor((k: Kustomization): string => {
  const { path, namePrefix, nameSuffix, targetNamespace = "" } = k;
  const names = [namePrefix, nameSuffix, targetNamespace, ...k.components];
  return [k.source.kind, path, ...names].join("\n");
});

const found = oncePerView((): Map<string, readonly Builders[]> => new Map());

/** Every Kustomization on this branch that builds from a file, whosever it is. */
export function buildersOf(view: ClusterView, path: string): readonly Builders[] {
  const known = found(view).get(path);
  if (known !== undefined) return known;
  const folders = byFolder(view);
  const builders = foldersAround(path).flatMap((folder) => folders.get(folder) ?? []);
  // A base may lie inside of the path: the group is there twice then.
  const each = [...new Map(builders.map((one) => [one.like, one])).values()];
  found(view).set(path, each);
  return each;
}

/** Those that build from anything that X changed. */
const buildersOfChange = oncePerView((view): ReadonlySet<FluxApplier> => {
  const groups = new Map(
    view.changed.flatMap(({ path }) => buildersOf(view, path)).map((one) => [one.like, one]),
  );
  return new Set([...groups.values()].flatMap(({ all }) => [...all]));
});

/** Every folder that has a changed file in it. */
const changedFolders = oncePerView(
  (view): ReadonlySet<string> => new Set(view.changed.flatMap(({ path }) => foldersAround(path))),
);

export function buildsFromChange(view: ClusterView, object: FluxApplier): boolean {
  return buildersOfChange(view).has(object);
}

export function hasChangeIn(view: ClusterView, folder: string): boolean {
  return changedFolders(view).has(cleanFolder(folder));
}
