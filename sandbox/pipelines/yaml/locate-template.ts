import type { Expansion } from "./expansion.ts";

/**
 * Where a template lies: beside the file that names it, from the root of its repository with a
 * leading slash, or in the repository behind `@`; an empty name behind it is the pipeline's own.
 */
export function locateTemplate(
  reference: string,
  source: Expansion["source"],
): { readonly file: string; readonly alias: string } {
  const cut = reference.indexOf("@");
  const path = (cut === -1 ? reference : reference.slice(0, cut)).replaceAll("\\", "/");
  const named = cut === -1 ? undefined : reference.slice(cut + 1) || "self";
  const alias = named ?? source.alias;
  const stays = alias.toLowerCase() === source.alias.toLowerCase();
  const from = stays && !path.startsWith("/") ? source.file : "";
  const out: string[] = [];
  for (const part of [...from.split("/").slice(0, -1), ...path.split("/")]) {
    if (part === "..") out.pop();
    else if (part !== "." && part !== "") out.push(part);
  }
  return { file: out.join("/"), alias };
}
