import type { ObjectChange } from "../diff/object-change.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { existingObjects } from "../render/existing-objects.ts";
import { isDefinition } from "./definitions.ts";

type File = { readonly path: string; readonly text?: string | undefined };

/** Definitions that lie among files, of kinds that changed objects may be of. */
export function definitionsAmong(
  files: readonly File[],
  changed: readonly Pick<ObjectChange, "identity">[],
): readonly KubernetesObject[] {
  const kinds = new Set(changed.map(({ identity }) => identity.kind));
  const names = (text: string) =>
    [...text.matchAll(/\bkind["']?\s*:\s*["']?(\w+)/g)].some(([, kind = ""]) => kinds.has(kind));
  const texts = files.flatMap(({ path, text }) =>
    text?.includes("CustomResourceDefinition") && names(text) ? [{ path, text }] : [],
  );
  return existingObjects(texts)
    .map(({ object }) => object)
    .filter(isDefinition);
}
