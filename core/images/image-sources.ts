import type { ImageSource } from "../delivery/delivery.ts";
import {
  type CommitTree,
  normal,
  type ResolvedPath,
  resolvePath,
  type TreeEntry,
} from "./resolve-path.ts";

/** A path of the checkout that decides an image's content, with what git knows it by. */
export type SourcePart = {
  readonly path: string;
  readonly entry: TreeEntry;
  /** Where it lies once links are followed. */
  readonly real: string;
};

export type ImageSources = {
  readonly parts: readonly SourcePart[];
  /** Links below the sources that only count as links: a build on another machine sees no more. */
  readonly notes: readonly string[];
  readonly problems: readonly string[];
};

/** Everything that an image is built from: its paths, and what links below them lead to. */
export function sourcesOf(image: ImageSource, tree: CommitTree): ImageSources {
  const parts: SourcePart[] = [];
  const problems: string[] = [];
  for (const { path, optional } of sourcePaths(image)) {
    const found = resolvePath(tree, path);
    if (found.kind === "found") parts.push({ path, entry: found.entry, real: found.path });
    else if (!optional || found.kind !== "absent") {
      problems.push(`${notFound(path, found)}${hintFor(path, image, tree)}`);
    }
  }
  const [context] = parts;
  if (image.context !== undefined && context !== undefined && isFile(context, image.context)) {
    problems.push(`the context ${image.context} is a file: name the folder that it lies in`);
  }
  const notes: string[] = [];
  const links = [...tree.links.keys()].sort();
  for (let at = 0; at < parts.length; at++) {
    const folder = parts[at]?.real ?? "";
    for (const link of links.filter((each) => isBelow(each, folder))) {
      const found = resolvePath(tree, link);
      if (found.kind !== "found")
        notes.push(`${link} ${leads(found)}: only the link itself counts`);
      else if (!parts.some(({ real }) => found.path === real || isBelow(found.path, real))) {
        parts.push({ path: `${link} -> ${found.path}`, entry: found.entry, real: found.path });
      }
    }
  }
  return { parts, notes: [...new Set(notes)], problems };
}

/**
 * The Dockerfile where it lies in the context under another name than docker's own: the files stay
 * the same when fluxgate.yaml names another of them, the image does not.
 */
export function chosenDockerfile({ context, dockerfile }: ImageSource): string | undefined {
  if (context === undefined || dockerfile === undefined) return undefined;
  const folder = normal(context);
  const path = normal(dockerfile);
  const isInside = folder === "" || isBelow(path, folder);
  return isInside && path !== join(folder, "Dockerfile") ? path : undefined;
}

type SourcePath = { readonly path: string; readonly optional: boolean };

/** What decides an image, from its tree alone; none when it is built elsewhere. */
function sourcePaths({
  context,
  dockerfile,
  dependsOn,
  build,
}: ImageSource): readonly SourcePath[] {
  if (context === undefined) return [];
  const folder = normal(context);
  const isInside = (path: string) => folder === "" || isBelow(path, folder) || path === folder;
  const further: SourcePath[] = dependsOn.map((path) => ({ path: normal(path), optional: false }));
  const maybe = (path: string) => void further.push({ path, optional: true });
  if (dockerfile !== undefined) {
    const path = normal(dockerfile);
    further.push({ path, optional: false });
    // docker reads the ignore file that bears the Dockerfile's name before the context's own.
    maybe(`${path}.dockerignore`);
  }
  maybe(join(normal(build.context ?? context), ".dockerignore"));
  // They say how git writes the files of the context: line ends, large files, keywords.
  for (const above of foldersAbove(folder)) maybe(join(above, ".gitattributes"));
  // What lies in the context is part of its tree; a default Dockerfile need not even exist.
  const outside = further.filter(({ path }) => !isInside(path));
  const all = [{ path: folder, optional: false }, ...outside];
  return [...new Map(all.map((each) => [each.path, each])).values()];
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** `a/b/c` → ``, `a`, `a/b`. */
function foldersAbove(folder: string): readonly string[] {
  const parts = folder.split("/");
  return parts.map((_, at) => parts.slice(0, at).join("/"));
}

function isBelow(path: string, folder: string): boolean {
  return path !== folder && (folder === "" || path.startsWith(`${folder}/`));
}

function notFound(path: string, found: Exclude<ResolvedPath, { kind: "found" }>): string {
  if (found.kind === "absent" && found.link === undefined) return `the commit holds no ${path}`;
  const through = found.link === path ? path : `${path} goes through the link ${found.link}, which`;
  return `${through} ${leads(found)}`;
}

function isFile({ path, entry }: SourcePart, context: string): boolean {
  return path === normal(context) && entry.mode !== "040000" && entry.mode !== "160000";
}

function hintFor(path: string, { context, dockerfile }: ImageSource, tree: CommitTree): string {
  if (/[*?]/.test(path)) return " (patterns mean nothing here: name the folder)";
  if (context === undefined || dockerfile === undefined || normal(dockerfile) !== path) return "";
  const inside = join(normal(context), path);
  const isInside = resolvePath(tree, inside).kind === "found";
  return isInside ? `: write ${inside}, as paths are from the repository's root` : "";
}

function leads({ kind }: Exclude<ResolvedPath, { kind: "found" }>): string {
  switch (kind) {
    case "absent":
      return "is a link that leads to nothing in the commit";
    case "outside":
      return "is a link that leads out of the repository";
    case "circle":
      return "is a link that leads in a circle";
  }
}
