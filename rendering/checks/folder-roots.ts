import {
  type FileKustomization,
  isFluxKustomization,
} from "../../core/flux/roots/file-kustomizations.ts";
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
 * What is built in a folder of manifests: what Flux Kustomizations apply of it, and kustomizations that
 * neither another one nor such a path builds on.
 */
export function folderRoots(
  kustomizations: readonly FileKustomization[],
  tops: readonly string[],
): readonly FolderRoot[] {
  const flux = kustomizations.flatMap(({ object, path }): FolderRoot[] =>
    path === undefined ? [] : [{ path: path === "" ? "." : path, kustomization: object }],
  );
  const covered = (top: string) => flux.some(({ path }) => isInside(top, path));
  return [...flux, ...tops.filter((top) => !covered(top)).map((path) => ({ path }))];
}

/** Whether a path is a folder or lies in it. */
export function isInside(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}

/** Whether Flux replaces variables in what a Kustomization applies. */
export function substitutes({ spec }: KubernetesObject): boolean {
  return isRecord(spec) && "postBuild" in spec;
}

/** Names of variables that Flux substitutes by the Kustomizations among objects. */
export function postBuildNames(objects: readonly KubernetesObject[]): readonly string[] {
  return objects.filter(isFluxKustomization).flatMap(({ spec }) => {
    const postBuild = isRecord(spec) ? spec["postBuild"] : undefined;
    const given = isRecord(postBuild) ? postBuild["substitute"] : undefined;
    return isRecord(given) ? Object.keys(given) : [];
  });
}
