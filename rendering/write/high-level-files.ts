import { posix } from "node:path";
import { fileText, filesUnder, isThere } from "../inputs/contained-files.ts";
import type { Root } from "../inputs/contained-files.ts";
import type { EnvironmentTree } from "./environment-tree.ts";

type Change = {
  readonly writes: readonly (readonly [string, string])[];
  readonly deletes: readonly string[];
};

/**
 * What is to be done under `high-level/<environment>/<app>`, for the apps that the delivery has or
 * had there; other deliveries' results stay.
 */
export function highLevelChange(out: Root, trees: readonly EnvironmentTree[]): Change {
  const wanted = new Map(trees.flatMap(resultsOf));
  const folders = trees.flatMap(foldersOf).filter((folder) => isThere(out, folder));
  const existing = folders.flatMap((folder) => filesUnder(out, folder));
  const writes = [...wanted].filter(
    ([path, text]) => !existing.includes(path) || fileText(out, path) !== text,
  );
  return { writes, deletes: existing.filter((path) => !wanted.has(path)) };
}

function foldersOf({ finished, before }: EnvironmentTree): readonly string[] {
  const files = [...finished.files, ...Object.values(before?.files ?? {})];
  return (
    [...new Set(files.map(({ app }) => app))]
      // What an index says may be anything.
      .filter((app) => /^[a-z0-9-]+$/.test(app))
      .map((app) => posix.join("high-level", finished.environment.name, app))
  );
}

function resultsOf({ finished }: EnvironmentTree): readonly (readonly [string, string])[] {
  return finished.highLevel.map(({ app, texts }) => {
    const path = posix.join("high-level", finished.environment.name, app, "result.yaml");
    const text = texts.map((each) => each.text.replace(/^---\s*\n/, "").trimEnd()).join("\n---\n");
    return [path, `${text}\n`] as const;
  });
}
