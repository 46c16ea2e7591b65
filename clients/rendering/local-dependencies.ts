import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import { containedPath, filesUnder, isThere } from "./contained-files.ts";
import type { Root } from "./contained-files.ts";

/** Charts of the same repository that a chart depends on (`file://…`) and that are not vendored. */
export type LocalDependencies = {
  /** Whether `helm dependency build` is needed; it needs no network then. */
  readonly mustBuild: boolean;
  /** Files of those charts. */
  readonly files: readonly string[];
};

/** Looks at Chart.yaml; a chart whose dependencies are elsewhere is left to helm to refuse. */
export async function localDependencies(root: Root, chart: string): Promise<LocalDependencies> {
  const files = new Set<string>();
  const visited = new Set<string>();
  const mustBuild = await visit(chart);
  return { mustBuild, files: [...files] };

  async function visit(folder: string): Promise<boolean> {
    const file = posix.join(folder, "Chart.yaml");
    if (visited.has(folder) || !isThere(root, file)) return false;
    visited.add(folder);
    const repositories = isVendored(root, folder) ? [] : await repositoriesIn(root, file);
    const local = repositories.filter((each) => each.startsWith("file://"));
    if (local.length === 0 || local.length < repositories.length) return false;
    for (const repository of local) {
      const place = posix.join(folder, repository.slice("file://".length));
      for (const each of await filesUnder(root, place)) files.add(each);
      await visit(place);
    }
    return true;
  }
}

async function repositoriesIn(root: Root, file: string): Promise<readonly string[]> {
  const text = await readFile(await containedPath(root, file), "utf8");
  const chart = parseYaml(text, file).documents[0]?.value;
  const list: unknown = isRecord(chart) ? chart["dependencies"] : undefined;
  const dependencies = Array.isArray(list) ? list.filter(isRecord) : [];
  return dependencies.map(({ repository }) => (typeof repository === "string" ? repository : ""));
}

// A charts folder that is there was vendored whole; helm says what lacks in it.
function isVendored(root: Root, folder: string): boolean {
  return isThere(root, posix.join(folder, "charts"));
}
