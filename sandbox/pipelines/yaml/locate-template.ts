import type { Expansion } from "./expansion.ts";

/**
 * Where a template lies: beside the file that names it, or from the root of its repository: with a
 * leading slash, or with a repository behind `@`; an empty name behind it is the pipeline's own.
 */
export function locateTemplate(
  reference: string,
  source: Expansion["source"],
): { readonly file: string; readonly alias: string } {
  const cut = reference.indexOf("@");
  const path = (cut === -1 ? reference : reference.slice(0, cut)).replaceAll("\\", "/");
  const named = cut === -1 ? undefined : reference.slice(cut + 1) || "self";
  const alias = named ?? source.alias;
  const from = named === undefined && !path.startsWith("/") ? source.file : "";
  const out: string[] = [];
  for (const part of [...from.split("/").slice(0, -1), ...path.split("/")]) {
    if (part === "..") out.pop();
    else if (part !== "." && part !== "") out.push(part);
  }
  return { file: out.join("/"), alias };
}
