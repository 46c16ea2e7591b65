// What a change comes to in a few words, as title and description of a pull request say it.
import { count } from "../count.ts";
import { objectName } from "../manifests/object-name.ts";
import type { ObjectChange } from "../diff/object-change.ts";
import { type ChangeSummary, type ImageVersions, objectsByChange } from "./change-summary.ts";

/** What happens to an object that leaves git and that nothing deletes. */
const leftText = "removed from git only";

/** `2 images, 1 object added, 3 changed` */
export function countedChange({ added, changed, removed, left, images }: ChangeSummary): string {
  const parts = [
    ...(images.length > 0 ? [count(images.length, "image")] : []),
    ...counted({ added, changed, removed, [leftText]: left }),
  ];
  return parts.length > 0 ? parts.join(", ") : "no object changed";
}

/**
 * `api 1.5.0, 2 objects changed`: images by name as long as they are few, and every object that
 * changes for another reason. A single object is named.
 */
export function namedChange(change: ChangeSummary): string {
  const { added, removed, left, configured } = change;
  const images = imagesText(change.images);
  const objects = counted({ added, changed: configured, removed, [leftText]: left });
  const parts = [...images, ...(images.length > 0 ? objects : (single(change) ?? objects))];
  // Objects that differ in labels or layout only, or nothing at all.
  return parts.length > 0 ? parts.join(", ") : countedChange(change);
}

function single({
  added,
  configured,
  removed,
  left,
}: ChangeSummary): readonly [string] | undefined {
  const all = [
    ...added.map((one) => ({ one, how: "added" })),
    ...configured.map((one) => ({ one, how: "changed" })),
    ...removed.map((one) => ({ one, how: "removed" })),
    ...left.map((one) => ({ one, how: leftText })),
  ];
  const [only, ...others] = all;
  return only === undefined || others.length > 0
    ? undefined
    : [`${objectName(only.one)} ${only.how}`];
}

const mostNamed = 2;

function imagesText(images: readonly ImageVersions[]): readonly string[] {
  const versions = new Map<string, string>();
  for (const { name, to } of images) if (to !== undefined) versions.set(name, to);
  if (versions.size > mostNamed) return [`${versions.size} images`];
  return [...versions].map(([name, to]) => `${name.split("/").at(-1)} ${shortVersion(to)}`.trim());
}

// `1.5.0`, or the first digits of what has no tag.
function shortVersion(version: string): string {
  const [tag = "", digest = ""] = version.split("@");
  return tag !== "" ? tag : digest.slice(0, "sha256:".length + 12);
}

/** `1 object added, 3 changed` */
export function countedObjects(objects: readonly ObjectChange[]): readonly string[] {
  const { added, changed, removed, left } = objectsByChange(objects);
  return counted({ added, changed, removed, [leftText]: left });
}

function counted(of: Readonly<Record<string, readonly unknown[]>>): readonly string[] {
  return Object.entries(of)
    .filter(([, objects]) => objects.length > 0)
    .map(([how, { length }], at) => `${at === 0 ? count(length, "object") : length} ${how}`);
}
