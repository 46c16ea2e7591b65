import type { Identity, Project } from "../azure-devops/state.ts";
import type { Definition } from "./definition.ts";

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

/** Every folder of a project: those that were made, those that pipelines lie in, and their parents. */
export function folderPaths(
  {
    folders,
    definitions,
  }: { readonly folders: readonly Folder[]; readonly definitions: readonly Definition[] },
  project: Project,
): readonly string[] {
  const all = [...folders, ...definitions].filter((one) => one.project === project);
  const paths = all.flatMap(({ path }) => {
    const parts = path.split("\\").filter(Boolean);
    return parts.map((_, at) => folderPath(parts.slice(0, at + 1).join("\\")));
  });
  return [...new Set(["\\", ...paths])].sort();
}
