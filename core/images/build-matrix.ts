import type { ImageSource } from "../delivery/delivery.ts";

/**
 * What a job matrix of Azure Pipelines takes: one leg an image, whose variables say how it is built.
 * Names of legs hold letters, digits and `_` only, and begin with a letter.
 */
export type BuildMatrix = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function buildMatrix(
  images: readonly { readonly image: ImageSource; readonly tag: string }[],
): BuildMatrix {
  const legs = new Map<string, Readonly<Record<string, string>>>();
  for (const { image, tag } of images) {
    const { name, context = ".", dockerfile, build } = image;
    legs.set(freeName(name, legs), {
      "image.name": name,
      "image.tag": tag,
      "image.reference": `${name}:${tag}`,
      // A folder whose name begins with a hyphen is no option of the builder.
      "image.context": (build.context ?? context).replace(/^-/, "./-"),
      "image.dockerfile": dockerfile ?? `${context}/Dockerfile`,
      "image.target": build.target ?? "",
      "image.platforms": (build.platforms ?? []).join(","),
      // One a line, as the build step reads them; a value's own line ends cannot be said there.
      "image.arguments": Object.entries(build.arguments ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join("\n"),
    });
  }
  return Object.fromEntries(legs);
}

function freeName(image: string, taken: ReadonlyMap<string, unknown>): string {
  const words = image.split("/").slice(-2).join("_");
  const base = words.replace(/[^A-Za-z0-9]+/g, "_").replace(/^(?=[^A-Za-z])/, "image_");
  for (let count = 1; ; count++) {
    const name = count === 1 ? base.slice(0, 80) : `${base.slice(0, 80)}_${count}`;
    // The service compares names of legs without regard to case.
    if (![...taken.keys()].some((each) => each.toLowerCase() === name.toLowerCase())) return name;
  }
}
