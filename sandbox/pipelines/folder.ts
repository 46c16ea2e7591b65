import type { Identity } from "../azure-devops/identity.ts";
import type { Project } from "../azure-devops/project.ts";

/** A folder of pipelines that somebody made. */
export type Folder = {
  readonly project: Project;
  readonly createdBy: Identity;
  readonly createdOn: string;
  /** `\shop\web`; the root is `\`. */
  path: string;
  description: string | undefined;
  lastChangedBy: Identity;
  lastChangedDate: string;
};

/** As the service writes it, however a client did. */
export function folderPath(given: string): string {
  return `\\${given.split(/[\\/]/).filter(Boolean).join("\\")}`;
}

/** Whether a folder is the other one or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  const [inner, outer] = [path.toLowerCase(), folder.toLowerCase()];
  return outer === "\\" || inner === outer || inner.startsWith(`${outer}\\`);
}

/** Every folder of a project, the root first. */
export function folderPaths(
  { folders }: { readonly folders: readonly Folder[] },
  project: Project,
): readonly string[] {
  const paths = folders.filter((one) => one.project === project).map(({ path }) => path);
  return [...new Set(["\\", ...paths])].sort();
}

/** Makes a folder and those above it that are not there yet; they stay when what is in them goes. */
export function makeFolders(
  { folders }: { readonly folders: Folder[] },
  given: {
    readonly project: Project;
    readonly path: string;
    readonly by: Identity;
    readonly now: string;
  },
): void {
  const { project, path, by, now } = given;
  const parts = path.split("\\").filter(Boolean);
  for (const at of parts.keys()) {
    const one = folderPath(parts.slice(0, at + 1).join("\\"));
    const lower = one.toLowerCase();
    if (folders.some((known) => known.project === project && known.path.toLowerCase() === lower)) {
      continue;
    }
    folders.push({
      ...{ project, path: one, description: undefined, createdBy: by, lastChangedBy: by },
      createdOn: now,
      lastChangedDate: now,
    });
  }
}
