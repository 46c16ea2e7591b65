// Pipelines as the configuration names them: by id, by name, by folder, or with their project.
import type { Build } from "../azure-devops/types.ts";

/** `/cd` and `\cd` are folders with all below them; any other text is a name. */
export type PipelineMatch =
  | number
  | string
  | {
      /** Name or id. */
      readonly project: string;
      readonly id?: number;
      readonly name?: string;
      readonly folder?: string;
    };

/** Is the build a run of the pipeline that is named? Names fit in any letter case. */
export function matchesPipeline(
  match: PipelineMatch,
  { definition, project }: Pick<Build, "definition" | "project">,
): boolean {
  if (typeof match === "number") return definition.id === match;
  if (typeof match === "string") {
    return /^[\\/]/.test(match) ? isIn(match, definition.path) : same(match, definition.name);
  }
  const { id, name, folder } = match;
  return (
    (same(match.project, project.id) || same(match.project, project.name)) &&
    (id === undefined || id === definition.id) &&
    (name === undefined || same(name, definition.name)) &&
    (folder === undefined || isIn(folder, definition.path))
  );
}

/** The projects that the configuration names, by names or ids. */
export function projectsOf(matches: readonly PipelineMatch[]): readonly string[] {
  return matches.flatMap((match) => (typeof match === "object" ? match.project : []));
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isIn(folder: string, path: string | undefined): boolean {
  // Without a path nobody can tell: fails closed.
  if (path === undefined) return false;
  const [within, parts] = [partsOf(folder), partsOf(path)];
  return within.every((part, index) => part === parts[index]);
}

function partsOf(path: string): readonly string[] {
  return path
    .toLowerCase()
    .split(/[\\/]+/)
    .filter((part) => part !== "");
}
