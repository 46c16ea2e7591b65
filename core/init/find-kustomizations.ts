import { isRecord } from "../manifests/parse.ts";
import { environmentIn, isEnvironmentWord } from "./environment-names.ts";
import type { FoundApp } from "./found-app.ts";
import { parseYaml } from "./parse-yaml.ts";
import { appName, folderOf, isBelow, nameOf, type RepositoryFile } from "./repository-file.ts";
import { tokensIn } from "./tokens-in.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

/** Folders with a kustomization. */
export function kustomizationFolders(files: readonly RepositoryFile[]): readonly string[] {
  return files.filter(({ path }) => isKustomizationPath(path)).map(({ path }) => folderOf(path));
}

/** Apps: the kustomizations that no other builds on; those of environments side by side are one. */
export function findKustomizations(
  files: readonly RepositoryFile[],
  fallback: string,
): readonly FoundApp[] {
  const referenced = new Set(files.flatMap(referencesOf));
  const roots = kustomizationFolders(files).filter((folder) => !referenced.has(folder));
  const overlays = overlaysIn(files, roots);
  const groups = new Map<string, string[]>();
  for (const root of roots) {
    const parent = folderOf(root);
    const isOverlay =
      /^(overlays?|environments?|envs?)$/.test(nameOf(parent)) || overlays.has(root);
    const word = nameOf(root);
    const isEnvironment = isOverlay ? /^[a-z0-9-]{1,50}$/.test(word) : isEnvironmentWord(word);
    const key = isEnvironment ? `${parent === "." ? "" : `${parent}/`}\${environment}` : root;
    groups.set(key, [...(groups.get(key) ?? []), root]);
  }
  return [...groups].map(([path, folders]) => {
    const isPattern = path.endsWith("${environment}");
    const home = isPattern
      ? folderOf(path).replace(/(^|\/)(overlays?|environments?|envs?)$/, "")
      : path;
    const shared = home === "" ? "." : home;
    const texts = files.filter((file) => isBelow(shared, file.path)).map(({ text }) => text);
    const { patterns, variables } = tokensIn(texts);
    return {
      name: appName(shared, fallback),
      render: [
        ...(patterns.length === 0 ? [] : [{ tokens: { path: shared, patterns, inPlace: true } }]),
        { kustomize: { path } },
      ],
      from: isPattern ? `kustomizations ${path}` : `kustomization ${path}`,
      environments: isPattern ? folders.map(nameOf) : [],
      ...{ variables, perEnvironment: [], notes: [] },
    };
  });
}

/** Roots side by side that build on one folder and are called for environments (`eu-test`). */
function overlaysIn(
  files: readonly RepositoryFile[],
  roots: readonly string[],
): ReadonlySet<string> {
  const basesOf = new Map(
    files
      .filter(({ path }) => isKustomizationPath(path))
      .map((file) => [folderOf(file.path), referencesOf(file)] as const),
  );
  const called = roots.filter((root) => environmentIn(nameOf(root)) !== undefined);
  return new Set(
    called.filter((root) =>
      called.some(
        (other) =>
          other !== root &&
          folderOf(other) === folderOf(root) &&
          basesOf.get(root)?.some((base) => basesOf.get(other)?.includes(base)),
      ),
    ),
  );
}

/** Folders that a kustomization builds on. */
function referencesOf({ path, text }: RepositoryFile): readonly string[] {
  if (!isKustomizationPath(path)) return [];
  const value = parseYaml(text);
  if (!isRecord(value)) return [];
  return ["resources", "bases", "components"].flatMap((key) => {
    const listed = value[key];
    if (!Array.isArray(listed)) return [];
    return listed.flatMap((one) =>
      typeof one === "string" ? (resolved(folderOf(path), one) ?? []) : [],
    );
  });
}

function resolved(folder: string, reference: string): string | undefined {
  const parts = folder === "." ? [] : folder.split("/");
  for (const part of reference.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/") || ".";
}
