import { posix } from "node:path";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import { isIgnoreFile, leftOut } from "../../core/flux/ignore/left-out.ts";
import { otherChanges } from "../../core/render/existing-objects.ts";
import { kustomizationReferences } from "../../core/render/kustomization-references.ts";
import { filesUnder, fileText } from "./contained-files.ts";
import type { Root } from "./contained-files.ts";
import { topFolders } from "./top-folders.ts";
import { isKustomizationPath } from "../../core/manifests/kustomization-file.ts";

export type ManifestFolder = {
  /** Files that may hold objects as they are applied. */
  readonly manifests: readonly { readonly path: string; readonly text: string }[];
  /** Patches and sources of generators: parts of objects that kustomize makes. */
  readonly parts: readonly string[];
  /** Folders whose kustomization no other one builds on, and that changes what it lists. */
  readonly overlays: readonly string[];
  /** Folders whose kustomization no other one builds on. */
  readonly tops: readonly string[];
};

/**
 * What lies in a folder of manifests, by what kustomizations say of it. Templates of Helm charts are
 * no manifests, nor is what somebody excludes, or what Flux is told to leave out.
 */
export function manifestFolder(
  root: Root,
  isExcluded: (path: string) => boolean = () => false,
): ManifestFolder {
  const all = filesUnder(root, ".");
  const charts = all
    .filter((path) => posix.basename(path) === "Chart.yaml")
    .map((path) => `${posix.dirname(path)}/`);
  const inChart = (path: string) =>
    charts.some((chart) => chart === "./" || path.startsWith(chart));
  const isUnseen = unseenByFlux(root, all);
  const isOut = (path: string) => inChart(path) || isExcluded(path) || isUnseen(path);
  const paths = all.filter((path) => isApplied(path) && !isOut(path));
  const files = paths.map((path) => ({ path, text: fileText(root, path) }));
  const kustomizations = files.filter(({ path }) => isKustomizationPath(path));
  const parts = new Set<string>();
  const builds = new Map<string, readonly string[]>();
  for (const { path, text } of kustomizations) {
    const value = parseYaml(text, path).documents[0]?.value;
    builds.set(posix.dirname(path), []);
    if (!isRecord(value)) continue;
    const bases: string[] = [];
    for (const reference of kustomizationReferences(value, { withCharts: true })) {
      const place = posix.join(posix.dirname(path), reference.text);
      if (reference.role === "base") bases.push(place.replace(/\/$/, ""));
      else if (reference.role !== "perhaps") parts.add(place);
    }
    builds.set(posix.dirname(path), bases);
  }
  const tops = new Set(topFolders(builds));
  const isTop = (folder: string) => tops.has(folder);
  return {
    manifests: files.filter((file) => !isKustomizationPath(file.path) && !parts.has(file.path)),
    parts: [...parts].filter((part) => paths.includes(part)),
    overlays: kustomizations
      .filter(({ text }) => otherChanges(text).length > 0)
      .map(({ path }) => posix.dirname(path))
      .filter(isTop),
    tops: kustomizations
      .filter(({ text }) => !/^kind: *Component *$/m.test(text))
      .map(({ path }) => posix.dirname(path))
      .filter(isTop),
  };
}

function unseenByFlux(root: Root, all: readonly string[]): (path: string) => boolean {
  const lists = all.filter(isIgnoreFile).map((path) => [path, fileText(root, path)] as const);
  if (lists.length === 0) return () => false;
  try {
    return leftOut(lists);
  } catch {
    // More patterns than can be held against files: all of them are looked at.
    return () => false;
  }
}

// Hidden files and folders configure tools; an index and a result are ours.
function isApplied(path: string): boolean {
  return (
    (/\.(ya?ml|json)$/.test(path) || isKustomizationPath(path)) &&
    !path.split("/").some((part) => part.startsWith(".")) &&
    path !== "render-result.json"
  );
}
