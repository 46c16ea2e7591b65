import type { RepositoryAddress } from "../azure-devops/urls.ts";
import type { PlacedObject } from "../flux/build-inputs.ts";
import { type FileKustomization, fileKustomizations } from "../flux/roots/file-kustomizations.ts";
import { indexForm } from "../render/ownership-index.ts";
import { isRecord, parseManifests } from "../manifests/parse.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

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
  /** Flux Kustomizations that apply what is not among the files. */
  readonly elsewhere: readonly PlacedObject[];
};

/**
 * What Flux applies from a commit: by its Kustomizations, else by what the folders look like.
 * @param repository whose commit it is, where that is known
 */
export function fluxRoots(files: CommitFiles, repository?: RepositoryAddress): FluxRoots {
  const paths = [...files.keys()];
  const found = fileKustomizations([...files].flatMap(fluxObjects), { paths, repository });
  const own = inClusters(found.flatMap(rootOf));
  const elsewhere = found.filter(({ path }) => path === undefined);
  if (own.length > 0) return { roots: own, from: "Flux Kustomizations", elsewhere };
  return { ...rootsByFolders(files), elsewhere };
}

function rootsByFolders(files: CommitFiles): Pick<FluxRoots, "roots" | "from"> {
  const indexed = folders(files, indexForm);
  if (indexed.length > 0) return { roots: indexed, from: "ownership indexes" };
  const kustomizations = new Map([...files].filter(([file]) => isKustomizationPath(file)));
  const listed = folders(kustomizations, /^(?:(.*)\/)?[^/]+$/);
  const outer = listed.filter(({ path }) => !listed.some((each) => isBelow(path, each.path)));
  if (outer.length > 0) return { roots: outer, from: "kustomization files" };
  return { roots: folders(files, /^([^/]+)\/.*\.ya?ml$/), from: "folders" };
}

/** Whether a file or folder lies in a folder; everything lies in the repository's root. */
export function isBelow(path: string, folder: string): boolean {
  return path !== folder && (folder === "" || path.startsWith(`${folder}/`));
}

function fluxObjects([file, text]: readonly [string, string]): readonly PlacedObject[] {
  if (!/\.ya?ml$/.test(file) || !text.includes("toolkit.fluxcd.io/")) return [];
  return parseManifests(text, file).documents.map(({ object }) => ({ object, file }));
}

function rootOf({ object, file, path }: FileKustomization): readonly FluxRoot[] {
  if (path === undefined) return [];
  const cluster = file.split("/").slice(0, -1).join("/");
  return [{ path, name: object.metadata.name, kustomization: object, file, cluster }];
}

/**
 * Kustomizations of one folder run in one cluster, and so does what one of them applies, however deep
 * its file lies below that one's path. Where one names another cluster, what it applies goes there.
 */
function inClusters(roots: readonly FluxRoot[]): readonly FluxRoot[] {
  const clusters = new Map<FluxRoot, string>();
  const clusterOf = (root: FluxRoot): string => {
    const known = clusters.get(root);
    if (known !== undefined) return known;
    // Two that stand in one another's path: the folder decides.
    clusters.set(root, `${root.cluster} `);
    const parent = appliedBy(root, roots);
    const home = parent === undefined || parent === root ? homeOf(root, parent) : clusterOf(parent);
    const cluster = `${home} ${kubeConfigOf(root)}`;
    clusters.set(root, cluster);
    return cluster;
  };
  return roots.map((root) => ({ ...root, cluster: clusterOf(root).trim() }));
}

function appliedBy({ file = "" }: FluxRoot, roots: readonly FluxRoot[]): FluxRoot | undefined {
  const [closest] = roots
    .filter(({ path }) => isBelow(file, path))
    .sort((a, b) => b.path.length - a.path.length);
  return closest;
}

// One that applies itself, as a bootstrap does, stands for its path; else its folder does.
function homeOf({ path, cluster }: FluxRoot, self: FluxRoot | undefined): string {
  return self === undefined ? cluster : path;
}

function kubeConfigOf({ kustomization }: FluxRoot): string {
  const spec = kustomization?.["spec"];
  const kubeConfig = isRecord(spec) ? spec["kubeConfig"] : undefined;
  return kubeConfig === undefined ? "" : JSON.stringify(kubeConfig);
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
