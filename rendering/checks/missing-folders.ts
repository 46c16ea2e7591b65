import { count } from "../../core/count.ts";
import type { Problem } from "../../core/errors.ts";
import type { PlacedObject } from "../../core/flux/build-inputs.ts";
import { fileKustomizations } from "../../core/flux/roots/file-kustomizations.ts";
import type { FileKustomization } from "../../core/flux/roots/file-kustomizations.ts";
import { isGitRepository, sourceOf } from "../../core/flux/roots/own-source.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { objectName } from "../../core/manifests/object-name.ts";
import { isRecord } from "../../core/manifests/parse.ts";

type Missing = FileKustomization & { readonly missing: string };

/**
 * Flux Kustomizations, as they are applied, whose folder is not here. Flux refuses that where another
 * one of the same source has its folder here and the source brings nothing from elsewhere; else these
 * may be files of another repository.
 * @param of.isPart these files are a folder of a repository: what is not here may be beside it, and a
 * folder here be another one's by chance
 */
export function missingFolders(
  objects: readonly PlacedObject[],
  { paths, isPart }: { readonly paths: readonly string[]; readonly isPart: boolean },
): { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const all = fileKustomizations(objects, { paths });
  const here = new Set(all.filter(({ path }) => path !== undefined).map(sourceKey));
  const brings = new Set(objects.filter(({ object }) => bringsMore(object)).map(ownKey));
  const missing = all.filter(isMissing);
  const isRefused = (one: Missing) =>
    !isPart && here.has(sourceKey(one)) && !brings.has(sourceKey(one));
  const open = missing.filter((one) => !isRefused(one));
  const [first] = open;
  return {
    problems: missing.filter(isRefused).map(refused),
    warnings: first === undefined ? [] : [notChecked(first, open.length - 1)],
  };
}

// What a variable names is known once something substitutes it.
function isMissing(one: FileKustomization): one is Missing {
  return one.missing !== undefined && one.missing !== "" && !one.missing.includes("${");
}

function refused({ object, file, missing }: Missing): Problem {
  const message = `${objectName(object)}: Flux finds no folder ${missing} (spec.path), so it applies nothing of it`;
  return { file, message };
}

function notChecked({ object, file, missing }: Missing, more: number): Problem {
  const others = more === 0 ? "" : `, and ${count(more, "more Kustomization")} like it`;
  const message = `${objectName(object)} applies ${missing}, which is not here${others}: what that holds was not checked. Flux refuses it where its source has no such folder`;
  return { file, message };
}

// Other repositories (`include`) and submodules lie in the artefact, not in these files.
function bringsMore(object: KubernetesObject): boolean {
  const { spec } = object;
  if (!isGitRepository(object) || !isRecord(spec)) return false;
  return spec["include"] !== undefined || spec["recurseSubmodules"] === true;
}

function sourceKey({ object }: PlacedObject): string {
  const { namespace, name } = sourceOf(object);
  return JSON.stringify([namespace, name]);
}

function ownKey({ object: { metadata } }: PlacedObject): string {
  return JSON.stringify([metadata.namespace, metadata.name]);
}
