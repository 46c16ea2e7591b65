/** A text file of the repository that is taken up. */
export type RepositoryFile = {
  /** Relative to its root, with slashes. */
  readonly path: string;
  readonly text: string;
};

/** Folder of a path; the root's is `.`. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A path below a folder; `.` is the root. */
export function below(folder: string, path: string): string {
  return folder === "." ? path : `${folder}/${path}`;
}

export function isBelow(folder: string, path: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}

/** A name of fluxgate.yaml out of any text; empty where nothing of it can be one. */
export function deliveryName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, "");
}

const generic =
  /^(\.|deploy(ments?)?|k8s|kube(rnetes)?|manifests?|ya?ml|chart|charts|helm|src|apps?|base|config|templates?|services?)$/i;

/** What is deployed from a folder is called as the nearest folder with a name of its own. */
export function appName(folder: string, fallback: string): string {
  const parts = folder.split("/").filter((part) => !generic.test(part));
  return deliveryName(parts.at(-1) ?? "") || fallback;
}
