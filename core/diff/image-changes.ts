import { identityKey, type Identity } from "../manifests/identity.ts";
import { imagesOf } from "../manifests/images.ts";
import type { Edit } from "./edits.ts";
import { between, type ImageChange, type ImageVersions } from "./image-versions.ts";
import { imageElsewhere } from "./images-elsewhere.ts";
import type { ObjectChange } from "./object-change.ts";

/** Whether an edit does nothing but put another image into a container. */
export function isImageEdit(edit: Edit): boolean {
  return edit.kind === "changed" && imagesOfEdit(edit).length > 0;
}

/** Each change of an image once, with the objects that make it. */
export function imageChanges(changes: readonly ObjectChange[]): readonly ImageChange[] {
  const grouped = new Map<string, { one: ImageVersions; objects: Map<string, Identity> }>();
  for (const change of changes) {
    for (const one of imagesOfChange(change)) {
      const key = JSON.stringify([one.name, one.from, one.to, one.renamedFrom]);
      const group = grouped.get(key) ?? { one, objects: new Map<string, Identity>() };
      group.objects.set(identityKey(change.identity), change.identity);
      grouped.set(key, group);
    }
  }
  return [...grouped.values()]
    .map(({ one, objects }) => ({ ...one, objects: [...objects.values()] }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function imagesOfChange(change: ObjectChange): readonly ImageVersions[] {
  switch (change.change) {
    case "added":
      return references(change.after).map((to) => between(undefined, to));
    case "removed":
      return references(change.before).map((from) => between(from, undefined));
    case "changed":
      return change.edits.flatMap((edit) => [
        ...imagesOfEdit(edit),
        ...imageElsewhere(edit, change.after),
      ]);
  }
}

function references(object: ObjectChange["after"]): readonly string[] {
  return object === undefined ? [] : [...new Set(imagesOf(object).map(({ image }) => image))];
}

const lists = new Set(["containers", "initContainers", "ephemeralContainers"]);

function imagesOfEdit(edit: Edit): readonly ImageVersions[] {
  const [list, item, field] = edit.path.slice(-3);
  const inContainer = field === "image" && typeof item === "object" && isContainers(list);
  if (inContainer && edit.kind === "changed") {
    const { before, after } = edit;
    return isNamed(before) && isNamed(after) ? [between(before, after)] : [];
  }
  const [own, whole] = edit.path.slice(-2);
  if (!isContainers(own) || typeof whole !== "object") return [];
  if (edit.kind === "added") return imageOfContainer(edit.after, (to) => between(undefined, to));
  if (edit.kind === "removed")
    return imageOfContainer(edit.before, (from) => between(from, undefined));
  return [];
}

function isContainers(step: unknown): boolean {
  return typeof step === "string" && lists.has(step);
}

function isNamed(image: unknown): image is string {
  return typeof image === "string" && image !== "";
}

function imageOfContainer(
  container: unknown,
  change: (image: string) => ImageVersions,
): readonly ImageVersions[] {
  const image = (container as { readonly image?: unknown } | null)?.image;
  return isNamed(image) ? [change(image)] : [];
}

export type { ImageChange };
