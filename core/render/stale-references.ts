import type { Problem } from "../errors.ts";
import { listedResources } from "./existing-objects.ts";
import type { TreeFile } from "./tree-plan.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

/** Kustomizations of others that list files which a plan deletes, each once. */
export function staleReferences(
  existing: readonly TreeFile[],
  { writes, deletes }: { readonly writes: readonly string[]; readonly deletes: readonly string[] },
): readonly Problem[] {
  if (deletes.length === 0) return [];
  const gone = new Set(deletes);
  const changed = new Set([...writes, ...deletes]);
  const others = existing.filter(
    (file) => isKustomizationPath(file.path) && !changed.has(file.path),
  );
  return others.flatMap(({ path, text }) => {
    const folder = path.includes("/") ? `${path.slice(0, path.lastIndexOf("/"))}/` : "";
    const [first, ...more] = listedResources(text).filter((entry) =>
      gone.has(`${folder}${entry.replace(/^\.\//, "")}`),
    );
    if (first === undefined) return [];
    const line = text.split("\n").findIndex((each) => each.includes(first)) + 1;
    const removed =
      more.length === 0 ? ", which is removed" : ` and ${more.length} more removed files`;
    return [{ file: path, line, message: `lists ${first}${removed}` }];
  });
}
