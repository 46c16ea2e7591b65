import { identityKey, type Identity, type KubernetesObject } from "../manifests/identity.ts";
import { imagesOf } from "../manifests/images.ts";
import type { Edit } from "./edits.ts";
import { between, type ImageChange, type ImageVersions } from "./image-versions.ts";
import { imageElsewhere } from "./images-elsewhere.ts";
import type { ObjectChange } from "./object-change.ts";
import type { Path } from "./path.ts";

/** Whether an edit does nothing but put another image into a container. */
export function isImageEdit(edit: Edit): boolean {
  return edit.kind === "changed" && typeof edit.after === "string" && imagesOfEdit(edit).length > 0;
}

/** Each change of an image once, with the objects that make it. */
export function imageChanges(changes: readonly ObjectChange[]): readonly ImageChange[] {
  const grouped = new Map<string, { one: ImageVersions; objects: Map<string, Identity> }>();
  for (const change of changes) {
    for (const one of imagesOfChange(change)) {
      const key = keyOf(one);
      const group = grouped.get(key) ?? { one, objects: new Map<string, Identity>() };
      group.objects.set(identityKey(change.identity), change.identity);
      grouped.set(key, group);
    }
  }
  return [...grouped.values()]
    .filter(({ one }) => !isMoved(one, grouped))
    .map(({ one, objects }) => ({ ...one, objects: [...objects.values()] }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function keyOf({ name, from, to, renamedFrom }: ImageVersions): string {
  return JSON.stringify([name, from, to, renamedFrom]);
}

// What goes with one object and comes with another (a new name, another namespace) is the same image.
function isMoved({ name, from, to }: ImageVersions, all: ReadonlyMap<string, unknown>): boolean {
  const isOneSided = (from === undefined) !== (to === undefined);
  return isOneSided && all.has(JSON.stringify([name, to, from, undefined]));
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

function imagesOfEdit(edit: Edit): readonly ImageVersions[] {
  if (edit.kind === "reordered") return [];
  const of = (value: unknown) => references(placed(edit.path, value));
  const old = edit.kind === "added" ? [] : of(edit.before);
  const next = edit.kind === "removed" ? [] : of(edit.after);
  const [from, to] = [old[0], next[0]];
  if (old.length === 1 && next.length === 1) return [between(from, to)];
  return [
    ...next.filter((one) => !old.includes(one)).map((one) => between(undefined, one)),
    ...old.filter((one) => !next.includes(one)).map((one) => between(one, undefined)),
  ];
}

/** An object of nothing but the value at its place, which tells what a text or a list is. */
function placed(path: Path, value: unknown): KubernetesObject {
  const body = path.reduceRight<unknown>(
    (at, step) => (typeof step === "string" ? { [step]: at } : [at]),
    value,
  );
  return { ...(body as object), apiVersion: "", kind: "", metadata: { name: "" } };
}

export type { ImageChange };
