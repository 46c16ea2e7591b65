import { objectName } from "../manifests/object-name.ts";
import { findFlux } from "../flux/flux-index.ts";
import type { Kustomization } from "../flux/flux-object.ts";
import { isUnder } from "../flux/folder.ts";
import { sourceBinding } from "../flux/source-binding.ts";
import { unreadable } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";

/**
 * A Kustomization of the environment that has the folder of such a file, but builds it from somewhere else:
 * which, and why that does not tell of X, in plain words.
 */
export function fromElsewhere(
  view: ClusterView,
  paths: readonly string[],
): { readonly object: Kustomization; readonly text: string } | undefined {
  for (const object of view.members) {
    if (object.kind !== "Kustomization") continue;
    const source = findFlux(view.cluster.flux, object.source);
    const unseen = source === undefined ? unreadable(view, object.source) : undefined;
    if (unseen !== undefined) {
      const name = objectName(object.source);
      return {
        object,
        text: `${objectName(object)} may bring it, but its source ${name} ${unseen}`,
      };
    }
    const isGit = source?.kind === "GitRepository";
    if (isGit && !paths.some((path) => isUnder(path, object.path))) continue;
    const binding = source && sourceBinding(source, view.input);
    if (binding && !binding.bound) {
      const has = isGit ? "has its folder, but its source" : "may bring it, but its source";
      const text = `${objectName(object)} ${has} ${objectName(source)} ${binding.why}`;
      return { object, text };
    }
  }
  return undefined;
}
