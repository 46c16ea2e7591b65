import { isEnvironmentWord } from "./environment-names.ts";
import type { FoundApp } from "./found-app.ts";
import { appName, below, folderOf, nameOf, type RepositoryFile } from "./repository-file.ts";
import type { GuessedVariable } from "./tokens-in.ts";

/** Apps: jsonnet files that no other imports; those called as environments, side by side, are one. */
export function findJsonnet(
  files: readonly RepositoryFile[],
  fallback: string,
): readonly FoundApp[] {
  const sources = files.filter(({ path }) => /\.(jsonnet|libsonnet)$/.test(path));
  const imported = new Set(
    sources.flatMap(({ text }) =>
      [...text.matchAll(/import\s+['"]([^'"]+)['"]/g)].map(([, path = ""]) => nameOf(path)),
    ),
  );
  const roots = sources.filter(
    ({ path }) =>
      path.endsWith(".jsonnet") && !imported.has(nameOf(path)) && !/(^|\/)vendor\//.test(path),
  );
  const groups = new Map<string, RepositoryFile[]>();
  for (const file of roots) {
    const word = nameOf(file.path).replace(/\.jsonnet$/, "");
    const path = isEnvironmentWord(word)
      ? below(folderOf(file.path), "${environment}.jsonnet")
      : file.path;
    groups.set(path, [...(groups.get(path) ?? []), file]);
  }
  const libraries = files.some(({ path }) => path.startsWith("vendor/")) ? ["vendor"] : [];
  return [...groups].map(([path, members]) => {
    const isPattern = path.includes("${environment}");
    const variables = new Map<string, GuessedVariable>(
      members
        .flatMap(({ text }) => [
          ...text.matchAll(/std\.extVar\(\s*['"]([A-Za-z_][\w.-]*)['"]\s*\)/g),
        ])
        .map(([, name = ""]) => name)
        .filter((name) => !["environment", "app", "delivery", "config", "values"].includes(name))
        .map((name) => [name, { type: "string", isTag: false }]),
    );
    return {
      name: isPattern
        ? appName(folderOf(path), fallback)
        : appName(nameOf(path).replace(/\.jsonnet$/, ""), appName(folderOf(path), fallback)),
      render: [{ jsonnet: { file: path, ...(libraries.length > 0 ? { libraries } : {}) } }],
      from: `jsonnet ${path}`,
      environments: isPattern
        ? members.map((one) => nameOf(one.path).replace(/\.jsonnet$/, ""))
        : [],
      ...{ variables, perEnvironment: [], notes: [] },
    };
  });
}
