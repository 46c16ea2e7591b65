/** Is a file inside a folder? The root (empty) holds all; a leading `./` is ignored. */
export function isUnder(path: string, folder: string): boolean {
  const clean = cleanFolder(folder);
  return clean === "" || path === clean || path.startsWith(`${clean}/`);
}

/** The same of a folder's own files, not those below. */
export function liesIn(path: string, folder: string): boolean {
  const clean = cleanFolder(folder);
  return isUnder(path, clean) && path.lastIndexOf("/") === (clean === "" ? -1 : clean.length);
}

/** Without `./` and slashes at its ends; empty for the root. */
export function cleanFolder(folder: string): string {
  return folder.replace(/^(\.?\/)+|^\.$/, "").replace(/\/+$/, "");
}

/** The path itself and every folder around it, the root (empty) last. */
export function foldersAround(path: string): readonly string[] {
  const folders = [path];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
    folders.push(path.slice(0, at));
  }
  return [...folders, ""];
}

/** The folder that a relative path leads to from another; undefined where it leaves the root. */
export function folderFrom(folder: string, relative: string): string | undefined {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The innermost folder that holds all of the paths; one of them where it holds the others. */
export function commonFolder([first = "", ...others]: readonly string[]): string {
  const holdsAll = (folder: string) => others.every((other) => isUnder(other, folder));
  return foldersAround(first).find(holdsAll) ?? "";
}
