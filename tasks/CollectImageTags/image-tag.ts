import { sha256 } from "../../clients/sha256.ts";
import type { ImageSource } from "../../core/delivery/delivery.ts";

/** The paths of the checkout that decide an image's content; empty when it is built elsewhere. */
export function sourcesOf({ context, dockerfile, dependsOn }: ImageSource): readonly string[] {
  if (context === undefined) return [];
  const folder = normal(context);
  const further = [...(dockerfile === undefined ? [] : [dockerfile]), ...dependsOn].map(normal);
  // What lies in the context is part of its tree; a default Dockerfile need not even exist.
  const outside = further.filter((path) => folder !== "" && !`${path}/`.startsWith(`${folder}/`));
  return [...new Set([folder, ...outside])].sort();
}

/**
 * `src-` and the first 16 hexadecimal digits of a sha256 over each source path and its git object
 * id. Equal sources give equal tags on every branch and machine; the prefix keeps YAML from
 * reading a tag as a number.
 */
export function imageTag(objectIds: ReadonlyMap<string, string>): string {
  const lines = [...objectIds].map(([path, id]) => `${path}\0${id}\n`).sort();
  return `src-${sha256(lines.join("")).slice(0, 16)}`;
}

/** As git names paths: no `./`, no slash at either end; the root is the empty path. */
function normal(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}
