import { readFile } from "node:fs/promises";
import type { ImageReference } from "../../core/manifests/images.ts";
import { InputError } from "../../core/errors.ts";
import { parseImageList } from "../../core/render/image-list.ts";

/** `image-tags.json`: what RenderManifests reads, and the next run of CollectImageTags. */
export type ImageTags = {
  readonly apiVersion: "fluxgate.dev/v1";
  readonly kind: "ImageTags";
  readonly images: readonly TaggedImage[];
};

export type TaggedImage = {
  readonly name: string;
  readonly tag: string;
  /** Known once the image was pushed. */
  readonly digest?: string;
  /** Whether this run builds it. */
  readonly built: boolean;
  /** Why, or why not. */
  readonly reason: string;
};

/** The images of an earlier run's list; none when the file is not there. */
export async function readPrevious(
  file: string | undefined,
): Promise<ReadonlyMap<string, ImageReference>> {
  if (file === undefined) return new Map();
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return new Map();
  }
  const { images, problems } = parseImageList(text, file);
  if (images === undefined) throw new InputError(problems);
  return new Map(images.map((image) => [image.name, image]));
}

export function tagged(
  image: { readonly name: string; readonly tag: string },
  previous: ReadonlyMap<string, ImageReference>,
): TaggedImage {
  const last = previous.get(image.name);
  if (last === undefined) return { ...image, built: true, reason: "no earlier list names it" };
  if (last.tag !== image.tag) {
    return { ...image, built: true, reason: `its sources changed since ${last.tag ?? "then"}` };
  }
  const digest = last.digest === undefined ? {} : { digest: last.digest };
  return { ...image, ...digest, built: false, reason: "its sources are those of the last list" };
}
