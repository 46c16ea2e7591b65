import { existsSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Problem } from "../../core/errors.ts";
import type { FileKustomization } from "../../core/flux/roots/file-kustomizations.ts";
import { objectName } from "../../core/manifests/object-name.ts";
import type { Root } from "../inputs/contained-files.ts";
import { isInside, substitutes } from "./folder-roots.ts";

export type FromAbove = {
  readonly warnings: readonly Problem[];
  /**
   * Whether one of them substitutes variables: in its folder, and in bases and components anywhere, so
   * that what a variable here becomes is not known.
   */
  readonly substitutes: boolean;
};

/**
 * Says so where Flux Kustomizations count their paths from a folder above the one that is checked
 * (`./kubernetes/apps` in `kubernetes/`): what Flux makes of their files is not known from here.
 */
export function rootAbove(
  root: Root,
  all: readonly FileKustomization[],
  paths: readonly string[],
): FromAbove {
  const above = root.path.split(sep);
  const isFromAbove = ({ missing = "" }: FileKustomization) => {
    const parts = missing.split("/");
    return parts.some((_, at) => {
      const [head, rest] = [parts.slice(0, at + 1), parts.slice(at + 1).join("/")];
      const isOver = above.slice(-head.length).join("/") === head.join("/");
      return isOver && (rest === "" || paths.some((path) => isInside(path, rest)));
    });
  };
  const found = all.filter(isFromAbove);
  return {
    warnings: notChecked(found),
    substitutes: found.some(({ object }) => substitutes(object)),
  };
}

/** Whether a folder lies in a git repository and is not its root. */
export function isPartOfRepository({ path }: Pick<Root, "path">): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder !== path;
    if (folder === dirname(folder)) return false;
  }
}

function notChecked(found: readonly FileKustomization[]): readonly Problem[] {
  const [first] = found;
  if (first === undefined) return [];
  const more = found.length === 1 ? "" : `, and ${found.length - 1} more of its kind like it`;
  const name = objectName(first.object);
  return [
    {
      file: first.file,
      message: `${name} applies ${first.missing}, a path from a folder above this one${more}, so what Flux makes of it was not checked: give the root of the repository`,
    },
  ];
}
