import type { Source } from "./expansion.ts";

/** Where the file of a template may lie, in the order in which it is looked for. */
export type Located = { readonly files: readonly string[]; readonly alias: string };

/**
 * A template lies beside the file that names it, or from the root of its repository: with a leading
 * slash, or with another repository behind `@`; an empty name there is the pipeline's own. With the
 * own repository behind `@` it may be either: pipelines in use have both forms, where the documents
 * say nothing.
 */
export function locateTemplate(reference: string, source: Source): Located {
  const cut = reference.indexOf("@");
  const path = (cut === -1 ? reference : reference.slice(0, cut)).replaceAll("\\", "/");
  const named = cut === -1 ? undefined : reference.slice(cut + 1) || "self";
  const alias = named ?? source.alias;
  if (path.startsWith("/")) return { files: [resolve("", path)], alias };
  if (named === undefined) return { files: [resolve(source.file, path)], alias };
  const root = resolve("", path);
  const near = nearest(source, named);
  const beside = near && resolve(near.file, path);
  return { files: beside === undefined || beside === root ? [root] : [beside, root], alias };
}

// The file of that repository that stands closest around the reference.
function nearest(source: Source, alias: string): Source | undefined {
  if (source.alias.toLowerCase() === alias.toLowerCase()) return source;
  return source.giver && nearest(source.giver, alias);
}

function resolve(from: string, path: string): string {
  const out: string[] = [];
  for (const part of [...from.split("/").slice(0, -1), ...path.split("/")]) {
    if (part === "..") out.pop();
    else if (part !== "." && part !== "") out.push(part);
  }
  return out.join("/");
}
