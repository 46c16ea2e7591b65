import { parseImage } from "../../../core/manifests/images.ts";
import type { ImageView } from "../changes-view.ts";
import { count } from "../../../core/count.ts";

/**
 * What speaks against taking the render's word (its index) for what stands here, a clause each.
 * @param of.edited files that are not as recorded; undefined: not known yet
 * @param of.recorded image → tag, digest or both, as the render had them
 */
export function notAsRendered(of: {
  readonly edited: readonly string[] | undefined;
  readonly images: readonly ImageView[];
  readonly recorded: Readonly<Record<string, string>>;
}): readonly string[] | undefined {
  const { edited, images, recorded } = of;
  if (edited === undefined) return undefined;
  const files = `${count(edited.length, "file")} here ${edited.length === 1 ? "is" : "are"} not as rendered`;
  const others = images
    .filter(({ name, to }) => isOther(name, to, recorded))
    .map(({ name }) => name);
  return [
    ...(edited.length === 0 ? [] : [files]),
    ...(others.length === 0
      ? []
      : [`other versions than the recorded ones stand here (${others.join(", ")})`]),
  ];
}

// A tag alone and a digest alone may well be the same image.
function isOther(
  name: string,
  to: string | undefined,
  recorded: Readonly<Record<string, string>>,
): boolean {
  const known = Object.hasOwn(recorded, name) ? recorded[name] : undefined;
  if (known === undefined || to === undefined) return false;
  const [one, other] = [to, known].map((version) =>
    parseImage(`image${version.startsWith("@") ? "" : ":"}${version}`),
  );
  const differ = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && a !== b;
  return differ(one?.digest, other?.digest) || differ(one?.tag, other?.tag);
}
