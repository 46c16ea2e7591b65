import { posix } from "node:path";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { isRecord } from "../../core/manifests/parse.ts";

/** A folder that Flux builds as one, and what builds it. */
export type FolderRoot = {
  /** Relative to the manifests folder, `.` for itself. */
  readonly path: string;
  /** The Flux Kustomization; a bare kustomization.yaml has none. */
  readonly kustomization?: KubernetesObject;
};

/**
 * What is built in a folder of manifests: the paths of Flux Kustomizations that are there, and
 * kustomizations that neither another one nor such a path builds on.
 */
export function folderRoots(
  objects: readonly KubernetesObject[],
  of: { readonly tops: readonly string[]; readonly isFolder: (path: string) => boolean },
): readonly FolderRoot[] {
  const flux = objects.filter(isFluxKustomization).flatMap((kustomization): FolderRoot[] => {
    const path = appliedPath(kustomization);
    return of.isFolder(path) ? [{ path, kustomization }] : [];
  });
  const covered = (top: string) => flux.some(({ path }) => isInside(top, path));
  return [...flux, ...of.tops.filter((top) => !covered(top)).map((path) => ({ path }))];
}

/** Whether a path is a folder or lies in it. */
export function isInside(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}

/** Names of variables that Flux substitutes by the Kustomizations among objects. */
export function postBuildNames(objects: readonly KubernetesObject[]): readonly string[] {
  return objects.filter(isFluxKustomization).flatMap(({ spec }) => {
    const postBuild = isRecord(spec) ? spec["postBuild"] : undefined;
    const given = isRecord(postBuild) ? postBuild["substitute"] : undefined;
    return isRecord(given) ? Object.keys(given) : [];
  });
}

function isFluxKustomization({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === "Kustomization" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/");
}

function appliedPath({ spec }: KubernetesObject): string {
  const path = isRecord(spec) && typeof spec["path"] === "string" ? spec["path"] : ".";
  return posix.normalize(`./${path.replace(/^\/+/, "")}`).replace(/\/$/, "");
}
