import type { StepFile } from "../delivery/steps/registry.ts";
import { isEnvironmentWord } from "./environment-names.ts";
import type { FoundApp } from "./found-app.ts";
import { appName, folderOf, isBelow, nameOf, type RepositoryFile } from "./repository-file.ts";
import { tokensIn } from "./tokens-in.ts";

/** Whether a file holds Kubernetes objects, tokens in them or not. */
export function isPlainManifest({ path, text }: RepositoryFile): boolean {
  return (
    /\.ya?ml$/.test(path) &&
    /^apiVersion:\s*\S/m.test(text) &&
    /^kind:\s*\S/m.test(text) &&
    !/^kind:\s*(Delivery|Kustomization|Component|Chart)\b/m.test(text)
  );
}

/** Apps of plain YAML, one a folder; `taken` are folders that charts and kustomizations have. */
export function findPlain(
  files: readonly RepositoryFile[],
  { taken, fallback }: { readonly taken: readonly string[]; readonly fallback: string },
): readonly FoundApp[] {
  const own = files.filter(
    (file) => isPlainManifest(file) && !taken.some((folder) => isBelow(folder, file.path)),
  );
  const groups = new Map<string, string[]>();
  for (const folder of new Set(own.map(({ path }) => folderOf(path)))) {
    const word = nameOf(folder);
    const parent = folderOf(folder);
    const key =
      isEnvironmentWord(word) && folder.includes("/")
        ? `${parent}/\${environment}`
        : isEnvironmentWord(word)
          ? "${environment}"
          : folder;
    groups.set(key, [...(groups.get(key) ?? []), folder]);
  }
  const keys = [...groups.keys()];
  return [...groups]
    .filter(
      ([key]) =>
        key === "." || !keys.some((other) => other !== key && other !== "." && isBelow(other, key)),
    )
    .map(([key, folders]) => {
      const isPattern = key.includes("${environment}");
      const members = own.filter(({ path }) =>
        key === "." ? folderOf(path) === "." : folders.some((folder) => isBelow(folder, path)),
      );
      const { patterns, variables } = tokensIn(members.map(({ text }) => text));
      // The root holds more than manifests.
      const paths = key === "." ? members.map(({ path }) => path) : [key];
      const home = isPattern ? folderOf(key) : key;
      return {
        name: appName(home, fallback),
        render: paths.map((path): StepFile => {
          return patterns.length === 0 ? { copy: { path } } : { tokens: { path, patterns } };
        }),
        from: `${patterns.length === 0 ? "plain YAML" : `YAML with tokens ${patterns.join(", ")}`} in ${key}`,
        environments: isPattern ? folders.map(nameOf) : [],
        ...{ variables, perEnvironment: [], notes: [] },
      };
    });
}
