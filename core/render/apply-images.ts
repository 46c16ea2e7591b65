import { imageEdits, imagesOf, parseImage } from "../manifests/images.ts";
import type { ImageField, ImageReference } from "../manifests/images.ts";
import type { KubernetesObject } from "../manifests/identity.ts";

export type AppliedImages = {
  readonly objects: readonly KubernetesObject[];
  /** Image name → number of fields that hold it. */
  readonly uses: ReadonlyMap<string, number>;
  /** Images that end up without tag and digest, or with the tag `latest` alone. */
  readonly unpinned: ReadonlySet<string>;
};

/**
 * Sets tag and digest of every image whose name (registry and repository) is in the list, whatever
 * rendered it. What the template wrote as tag or digest is replaced.
 */
export function applyImages(
  objects: readonly KubernetesObject[],
  images: readonly ImageReference[],
  fields: readonly ImageField[] = [],
): AppliedImages {
  const byName = new Map(images.map((image) => [image.name, image]));
  const uses = new Map<string, number>();
  const unpinned = new Set<string>();
  const changed = objects.map((object) => {
    let result: unknown = object;
    for (const found of imagesOf(object, fields)) {
      const written = parseImage(found.image);
      const { name } = written;
      uses.set(name, (uses.get(name) ?? 0) + 1);
      const listed = byName.get(name);
      const { tag = "latest", digest } = listed ?? written;
      // What Flux substitutes may bring a tag along.
      const isOpen = name.includes("${");
      if (tag === "latest" && digest === undefined && !isOpen) unpinned.add(name);
      for (const { path, value } of listed ? imageEdits(found, listed) : []) {
        result = withValueAt(result, path, value);
      }
    }
    return result as KubernetesObject;
  });
  return { objects: changed, uses, unpinned };
}

function withValueAt(value: unknown, path: readonly (string | number)[], leaf: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return leaf;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) =>
      index === key ? withValueAt(item, rest, leaf) : item,
    );
  }
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: withValueAt(record[key], rest, leaf) };
}
