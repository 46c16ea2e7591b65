import { sha256 } from "../../clients/sha256.ts";
import type { ImageBuild } from "../../core/delivery/delivery.ts";
import type { SourcePart } from "../../core/images/image-sources.ts";

/** What an image's content follows from. */
export type MadeFrom = {
  readonly parts: readonly SourcePart[];
  readonly build: ImageBuild;
  /** The file of the context that builds it, where it is not the one that docker would take. */
  readonly dockerfile: string | undefined;
  /** Asks for another image of the same sources: a base image was patched. */
  readonly salt: string;
};

/**
 * `src-` and the first 16 hexadecimal digits of a sha256 over each source path and its git object
 * id. Equal sources give equal tags on every branch and machine; the prefix keeps YAML from
 * reading a tag as a number.
 */
export function imageTag({ parts, build, dockerfile, salt }: MadeFrom): string {
  const lines = parts.map(({ path, entry }) => {
    const { mode, id } = entry;
    // A folder's id says what its files may do, a file's own does not.
    const marked = mode === "100755" || mode === "160000" ? `\0${mode}` : "";
    return `${path}\0${id}${marked}\n`;
  });
  const settings = Object.values(build).some((value) => value !== undefined)
    ? [`\0build\0${JSON.stringify(build)}\n`]
    : [];
  const named = dockerfile === undefined ? [] : [`\0dockerfile\0${dockerfile}\n`];
  const salted = salt === "" ? [] : [`\0salt\0${salt}\n`];
  return `src-${sha256([...lines.sort(), ...settings, ...named, ...salted].join("")).slice(0, 16)}`;
}
