import { isRecord } from "../../manifests/parse.ts";
import type { KubernetesObject } from "../../manifests/identity.ts";
import type { PlacedObject } from "../build-inputs.ts";
import { isUnder } from "../folder.ts";
import { folder } from "../kinds/read-fields.ts";
import type { RepositoryAddress } from "../../azure-devops/urls.ts";
import { isOwnSource } from "./own-source.ts";

/** A Flux Kustomization that stands in the files of a repository. */
export type FileKustomization = PlacedObject & {
  /**
   * The folder of these files that it applies, empty for their root; undefined where it applies what
   * is not among them: another repository, another kind of source, a folder that is not here.
   */
  readonly path: string | undefined;
  /** The folder that it asks these files for, where that is not here. */
  readonly missing?: string;
};

/**
 * The Flux Kustomizations among objects of files, and which folder of these each applies: the one rule
 * for all that asks what Flux applies of files.
 */
export function fileKustomizations(
  objects: readonly PlacedObject[],
  of: {
    /** All files that are there. */
    readonly paths: readonly string[];
    /** Whose files these are, where that is known. */
    readonly repository?: RepositoryAddress | undefined;
  },
): readonly FileKustomization[] {
  const isHere = (folder: string) =>
    of.paths.some((path) => path !== folder && isUnder(path, folder));
  const all = objects
    .filter(({ object }) => isFluxKustomization(object))
    .map((one) => ({ ...one, path: fluxPath(one.object) }))
    .map((one) => ({ ...one, path: isHere(one.path) ? one.path : undefined }));
  const isOwn = isOwnSource(all, { objects, repository: of.repository });
  return all.map((one) => {
    if (!isOwn(one)) return { ...one, path: undefined };
    return one.path === undefined ? { ...one, missing: fluxPath(one.object) } : one;
  });
}

/** Whether an object is a Kustomization of Flux. */
export function isFluxKustomization({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === "Kustomization" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/");
}

/** The folder that one applies, as Flux joins it: nothing leads out of the source's root. */
export function fluxPath({ spec }: KubernetesObject): string {
  return folder(isRecord(spec) && typeof spec["path"] === "string" ? spec["path"] : "");
}
