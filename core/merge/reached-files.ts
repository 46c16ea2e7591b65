import { folderFrom } from "../flux/folder.ts";
import { isRecord, parseYaml } from "../manifests/parse.ts";
import { kustomizationReferences } from "../render/kustomization-references.ts";
import { type CommitFiles, type FluxRoot, isBelow } from "./flux-roots.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

/** Whether a root's build may read a file of the repository. */
export type Reach = (file: string) => boolean;

/** Where a root's build reads: its own folder, and wherever kustomizations there lead out to. */
export function reachOf({ path, kustomization }: FluxRoot, files: CommitFiles): Reach {
  const regions = [path];
  const add = (folder: string, text: string) => {
    const region = folderFrom(folder, text);
    if (region !== undefined && !holds(regions, region)) regions.push(region);
  };
  for (const text of componentsOf(kustomization)) add(path, text);
  const listings = [...files].filter(([file]) => isKustomizationPath(file));
  // Grows while it is walked: a base has bases of its own.
  for (const region of regions) {
    for (const [file, text] of listings) {
      if (!holds([region], file)) continue;
      for (const reference of referencesOf(text, file)) add(folderOf(file), reference);
    }
  }
  return (file) => holds(regions, file);
}

function holds(regions: readonly string[], path: string): boolean {
  return regions.some((region) => region === path || isBelow(path, region));
}

function componentsOf(kustomization: FluxRoot["kustomization"]): readonly string[] {
  const spec = kustomization?.["spec"];
  const components = isRecord(spec) ? spec["components"] : undefined;
  return Array.isArray(components)
    ? components.filter((each): each is string => typeof each === "string")
    : [];
}

// An address of elsewhere is a folder in which nothing lies.
function referencesOf(text: string, file: string): readonly string[] {
  const value = parseYaml(text, file).documents[0]?.value;
  if (!isRecord(value)) return [];
  return kustomizationReferences(value, { withCharts: true }).flatMap((reference) =>
    reference.role === "perhaps" ? [] : [reference.text],
  );
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}
