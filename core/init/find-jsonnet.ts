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
    const path = patternOf(file.path);
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
      name: nameFor(path, fallback),
      render: [{ jsonnet: { file: path, ...(libraries.length > 0 ? { libraries } : {}) } }],
      from: `jsonnet ${path}`,
      environments: isPattern
        ? members.map((one) => one.path.slice(path.indexOf("$")).split(/[/.]/)[0] ?? "")
        : [],
      ...{ variables, perEnvironment: [], notes: [] },
    };
  });
}

/** `dev.jsonnet`, `dev/main.jsonnet` and `environments/any/main.jsonnet` are one file of environments. */
function patternOf(path: string): string {
  const folder = folderOf(path);
  if (isEnvironmentWord(nameOf(path).replace(/\.jsonnet$/, ""))) {
    return below(folder, "${environment}.jsonnet");
  }
  const word = nameOf(folder);
  const isHome = /^(environments?|envs?)$/.test(nameOf(folderOf(folder)));
  return isEnvironmentWord(word) || (isHome && /^[a-z0-9-]{1,50}$/.test(word))
    ? below(below(folderOf(folder), "${environment}"), nameOf(path))
    : path;
}

function nameFor(path: string, fallback: string): string {
  const home = folderOf(path.replace(/\$\{environment\}.*/, "x")).replace(
    /(^|\/)(environments?|envs?)$/,
    "",
  );
  const around = appName(home === "" ? "." : home, fallback);
  const own = nameOf(path).replace(/\.jsonnet$/, "");
  return path.includes("$") && /^(main|index|\$\{environment\})$/.test(own)
    ? around
    : appName(own, around);
}
