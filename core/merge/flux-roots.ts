import type { PlacedObject } from "../flux/build-inputs.ts";
import { indexForm } from "../render/ownership-index.ts";
import { isRecord, parseManifests } from "../manifests/parse.ts";

/** The text files of one commit of a manifests repository, by path. */
export type CommitFiles = ReadonlyMap<string, string>;

/** A path that something applies to a cluster as one. */
export type FluxRoot = {
  /** Folder in the repository, empty for its root. */
  readonly path: string;
  /** How people call it. */
  readonly name: string;
  /** The Flux Kustomization, where the commit holds one. */
  readonly kustomization?: PlacedObject["object"];
  /** Where that stands. */
  readonly file?: string;
  /** Roots with the same one are applied to the same cluster, as far as the commit tells. */
  readonly cluster: string;
};

export type FluxRoots = {
  readonly roots: readonly FluxRoot[];
  /** Where they are known from; only the first is Flux's own word. */
  readonly from: "Flux Kustomizations" | "ownership indexes" | "kustomization files" | "folders";
};

/** What Flux applies from a commit: by its Kustomizations, else by what the folders look like. */
export function fluxRoots(files: CommitFiles): FluxRoots {
  const own = [...files].flatMap(([file, text]) => kustomizationsOf(file, text, files));
  if (own.length > 0) return { roots: own, from: "Flux Kustomizations" };
  const indexed = folders(files, indexForm);
  if (indexed.length > 0) return { roots: indexed, from: "ownership indexes" };
  const listed = folders(files, /^(?:(.*)\/)?kustomization\.ya?ml$/i);
  const outer = listed.filter(({ path }) => !listed.some((each) => isBelow(path, each.path)));
  if (outer.length > 0) return { roots: outer, from: "kustomization files" };
  return { roots: folders(files, /^([^/]+)\/.*\.ya?ml$/), from: "folders" };
}

/** Whether a file or folder lies in a folder; everything lies in the repository's root. */
export function isBelow(path: string, folder: string): boolean {
  return path !== folder && (folder === "" || path.startsWith(`${folder}/`));
}

function kustomizationsOf(file: string, text: string, files: CommitFiles): readonly FluxRoot[] {
  if (!/\.ya?ml$/.test(file) || !text.includes("kustomize.toolkit.fluxcd.io")) return [];
  return parseManifests(text, file).documents.flatMap(({ object }) => {
    const { kind, apiVersion, metadata, spec } = object;
    if (kind !== "Kustomization" || !apiVersion.startsWith("kustomize.toolkit.fluxcd.io/")) {
      return [];
    }
    const written = isRecord(spec) && typeof spec["path"] === "string" ? spec["path"] : "";
    const path = written.replace(/^(\.?\/)+|\/+$/g, "").replace(/^\.$/, "");
    // Another repository's path: what is not here is not ours to judge.
    if (![...files.keys()].some((each) => isBelow(each, path))) return [];
    const kubeConfig = isRecord(spec) ? JSON.stringify(spec["kubeConfig"] ?? "") : "";
    const cluster = `${file.split("/").slice(0, -1).join("/")} ${kubeConfig}`;
    return [{ path, name: metadata.name, kustomization: object, file, cluster }];
  });
}

function folders(files: CommitFiles, form: RegExp): readonly FluxRoot[] {
  const found = new Set([...files.keys()].flatMap((file) => folderOf(form.exec(file))));
  return [...found]
    .sort()
    .map((path) => ({ path, name: path === "" ? "the repository" : path, cluster: path }));
}

function folderOf(match: RegExpExecArray | null): readonly string[] {
  return match === null ? [] : [match[1] ?? ""];
}
