/** `prod/api/a.yaml` → `prod/api`; the root is the empty text. */
export function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

/** A path inside a folder. */
export function inside(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** Whether a path lies below a folder. */
export function isBelow(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

/** A relative path from a folder; undefined where it leaves the repository. */
export function resolved(folder: string, entry: string): string | undefined {
  const parts = folder === "" || entry.startsWith("/") ? [] : folder.split("/");
  for (const part of entry.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
