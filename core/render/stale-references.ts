import type { Problem } from "../errors.ts";
import { isKustomization, listedResources } from "./existing-objects.ts";
import type { TreeFile } from "./tree-plan.ts";

/** Kustomizations of others that list a file which a plan deletes, or not the folder it went to. */
export function staleReferences(
  existing: readonly TreeFile[],
  { writes, deletes }: { readonly writes: readonly string[]; readonly deletes: readonly string[] },
): readonly Problem[] {
  const gone = new Set(deletes);
  const changed = new Set([...writes, ...deletes]);
  const others = existing.filter((file) => isKustomization(file) && !changed.has(file.path));
  return others.flatMap(({ path, text }) => {
    const folder = path.includes("/") ? `${path.slice(0, path.lastIndexOf("/"))}/` : "";
    return listedResources(text).flatMap((entry) => {
      const target = `${folder}${entry.replace(/^\.\//, "")}`;
      if (!gone.has(target)) return [];
      const line = text.split("\n").findIndex((each) => each.includes(entry)) + 1;
      return [{ file: path, line, message: `lists ${entry}, which is removed` }];
    });
  });
}
