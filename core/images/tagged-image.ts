import type { KnownTag } from "./image-memory.ts";

/** `image-tags.json`: what RenderManifests reads, and the next run of CollectImageTags. */
export type ImageTags = {
  readonly apiVersion: "fluxgate.dev/v1";
  readonly kind: "ImageTags";
  readonly salt?: string;
  readonly images: readonly TaggedImage[];
};

export type TaggedImage = {
  readonly name: string;
  readonly tag: string;
  /** Known once the image stands in the registry. */
  readonly digest?: string;
  /** Whether this run builds it. */
  readonly built: boolean;
  /** Why, or why not. */
  readonly reason: string;
  /** What stood in the registry before, newest first, so that going back builds nothing anew. */
  readonly earlier?: readonly KnownTag[];
};

/** What a registry says of `name:tag`. A refusal or an outage is neither there nor absent. */
export type RegistryAnswer =
  | { readonly kind: "there"; readonly digest: string }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly why: string };

/** Whether an image must be built: by its registry where that was asked, else by the last list. */
export function taggedImage(
  image: { readonly name: string; readonly tag: string },
  known: readonly KnownTag[],
  registry?: RegistryAnswer,
): TaggedImage {
  const { tag } = image;
  const before = known.find((each) => each.tag === tag);
  const earlier = known.filter((each) => each.tag !== tag);
  const decided = (built: boolean, reason: string, digest?: string): TaggedImage => ({
    ...image,
    ...(digest === undefined ? {} : { digest }),
    built,
    reason,
    ...(earlier.length === 0 ? {} : { earlier }),
  });
  if (registry?.kind === "there") return decided(false, "its registry has it", registry.digest);
  if (registry?.kind === "absent" && before !== undefined) {
    return decided(true, "a list names it, but its registry lacks it");
  }
  if (before !== undefined) {
    const same = known[0]?.tag === tag;
    const reason = same ? "its sources are those of the last list" : "an earlier list names it";
    return decided(false, reason, before.digest);
  }
  const last = known[0];
  if (last === undefined) return decided(true, "no earlier list names it");
  return decided(true, `its sources changed since ${last.tag}`);
}
