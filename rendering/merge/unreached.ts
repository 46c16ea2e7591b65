import { objectName } from "../../core/manifests/object-name.ts";
import type { PlacedObject } from "../../core/flux/build-inputs.ts";
import { identityOf } from "../../core/manifests/identity.ts";
import { type FluxRoot, isBelow } from "../../core/merge/flux-roots.ts";

/** Changed Flux Kustomizations that apply what is not among the files. */
export function changedElsewhere(
  elsewhere: readonly PlacedObject[],
  changed: readonly string[],
): readonly string[] {
  return elsewhere
    .filter(({ file }) => changed.includes(file))
    .map((one) => `${named(one)}: what it applies is in another repository, source or folder`);
}

/** Changed HelmReleases that no root reaches, so that nobody renders their charts. */
export function unreachedReleases(
  placed: readonly PlacedObject[],
  { changed, roots }: { readonly changed: readonly string[]; readonly roots: readonly FluxRoot[] },
): readonly string[] {
  return placed
    .filter(({ object }) => object.apiVersion.startsWith("helm.toolkit.fluxcd.io/"))
    .filter(({ object, file }) => object.kind === "HelmRelease" && changed.includes(file))
    .filter(({ file }) => !roots.some(({ path }) => isBelow(file, path)))
    .map((one) => `${named(one)}: nothing that is here applies it, so its chart was not rendered`);
}

function named({ object, file }: PlacedObject): string {
  return `${objectName(identityOf(object))} (${file})`;
}
