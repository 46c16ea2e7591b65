import { isRecord } from "../manifests/parse.ts";

/** A tag that stood in the registry when a list was published. */
export type KnownTag = { readonly tag: string; readonly digest?: string };

/** What the list of an earlier run remembers besides the images themselves. */
export type ImageMemory = {
  readonly salt: string;
  /** By image, newest first: the list's own tag, and those before it. */
  readonly known: ReadonlyMap<string, readonly KnownTag[]>;
};

// A change that is taken back after more changes than these is built once more.
const most = 50;

/** Reads what the text of a list that `parseImageList` took remembers. */
export function imageMemory(text: string): ImageMemory {
  const value: unknown = JSON.parse(text);
  const { images, salt } = isRecord(value) ? value : {};
  const entries = Array.isArray(images) ? (images as readonly unknown[]).filter(isRecord) : [];
  return {
    salt: typeof salt === "string" ? salt : "",
    known: new Map(
      entries.map((entry) => {
        const { earlier } = entry;
        const before = Array.isArray(earlier) ? (earlier as readonly unknown[]) : [];
        return [String(entry["name"]), [entry, ...before].flatMap(knownTag).slice(0, most)];
      }),
    ),
  };
}

function knownTag(value: unknown): readonly KnownTag[] {
  if (!isRecord(value)) return [];
  const { tag, digest } = value;
  if (typeof tag !== "string") return [];
  return [{ tag, ...(typeof digest === "string" ? { digest } : {}) }];
}
