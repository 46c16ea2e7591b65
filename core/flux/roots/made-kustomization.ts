import { canonical } from "../../diff/values.ts";
import type { KubernetesObject } from "../../manifests/identity.ts";
import type { PlacedObject } from "../build-inputs.ts";
import { isFluxKustomization } from "./file-kustomizations.ts";

/**
 * What a build makes of a Flux Kustomization of its files, where that is another one than the file
 * says: patches and variables of what brings it are part of what it is in the cluster.
 * @param built what was built, each object with the file that it came from
 */
export function madeKustomization(
  { object, file }: PlacedObject,
  built: readonly { readonly object: KubernetesObject; readonly file?: string | undefined }[],
): KubernetesObject | undefined {
  const all = built.filter((one) => one.file === file && isFluxKustomization(one.object));
  // Its name may be made another one too, where its file holds only one.
  const same = all.filter((one) => one.object.metadata.name === object.metadata.name);
  const [only, ...others] = same.length > 0 ? same : all;
  if (only === undefined || others.length > 0) return undefined;
  return canonical(only.object["spec"]) === canonical(object["spec"]) ? undefined : only.object;
}
