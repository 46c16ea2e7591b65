import { isRecord } from "../manifests/parse.ts";
import { isEnvironmentWord } from "./environment-names.ts";
import type { FoundApp } from "./found-app.ts";
import { parseYaml } from "./parse-yaml.ts";
import {
  appName,
  below,
  deliveryName,
  folderOf,
  isBelow,
  nameOf,
  type RepositoryFile,
} from "./repository-file.ts";
import { tokensIn } from "./tokens-in.ts";

/** Folders of charts, those inside another chart too. */
export function chartFolders(files: readonly RepositoryFile[]): readonly string[] {
  return files
    .filter(({ path }) => nameOf(path) === "Chart.yaml")
    .map(({ path }) => folderOf(path));
}

/** One app a chart that stands for itself, with the values files of its environments. */
export function findCharts(files: readonly RepositoryFile[]): readonly FoundApp[] {
  const folders = chartFolders(files);
  return folders
    .filter((folder) => !folders.some((other) => other !== folder && isBelow(other, folder)))
    .flatMap((folder): readonly FoundApp[] => {
      const chart = readChart(files, below(folder, "Chart.yaml"));
      if (chart.type === "library") return [];
      const name = deliveryName(chart.name) || appName(folder, "app");
      const { pattern, environments, all, left } = environmentValues(files, folder);
      const values = pattern === undefined ? [] : [pattern];
      const own = all.length > 0 ? all : [below(folder, "values.yaml")];
      const { patterns, variables } = tokensIn(textsOf(files, own));
      const filled = patterns.length === 0 ? [] : own;
      return [
        {
          name,
          render: [
            ...filled.map((path) => ({ tokens: { path, patterns, inPlace: true } })),
            { helm: { chart: folder, release: name.slice(0, 53), values } },
          ],
          from: `chart ${folder}`,
          environments,
          variables,
          perEnvironment: values,
          notes: [...chart.notes, ...left.map((path) => notTaken(path, pattern))].map(
            (note) => `chart ${folder}: ${note}`,
          ),
        },
      ];
    });
}

function readChart(files: readonly RepositoryFile[], path: string) {
  const text = files.find((file) => file.path === path)?.text ?? "";
  const value = parseYaml(text);
  const chart = isRecord(value) ? value : {};
  const dependencies = Array.isArray(chart["dependencies"]) ? chart["dependencies"] : [];
  const folder = folderOf(path);
  const missing = dependencies.filter((one): one is Record<string, unknown> => {
    const name = isRecord(one) ? one["name"] : undefined;
    return (
      typeof name === "string" &&
      !files.some((file) => isBelow(below(folder, `charts/${name}`), file.path)) &&
      !files.some((file) => file.path.startsWith(below(folder, `charts/${name}-`)))
    );
  });
  return {
    name: typeof chart["name"] === "string" ? chart["name"] : "",
    type: chart["type"],
    notes: missing.map(
      ({ name }) =>
        `its dependency ${String(name)} is not in charts/: run helm dependency update there and commit what it fetched (nothing is fetched while rendering)`,
    ),
  };
}

/** `values-dev.yaml`, `values/dev.yaml` and the like, in the chart or beside it. */
function environmentValues(files: readonly RepositoryFile[], folder: string) {
  const found = new Map<string, { readonly environments: string[]; readonly paths: string[] }>();
  const near = new Set([folder, folderOf(folder)]);
  for (const { path } of files) {
    const [, base = "", word = "", end = ""] =
      /^(.*\/|)(?:values[-._])?([A-Za-z0-9-]+)(?:[-._]values)?(\.ya?ml)$/.exec(path) ?? [];
    const lower = word.toLowerCase();
    if (word !== lower || !isEnvironmentWord(lower)) continue;
    const at = folderOf(path);
    const isNear = near.has(at)
      ? /values/.test(nameOf(path))
      : near.has(folderOf(at)) && /^(values|environments?|envs?|config)$/.test(nameOf(at));
    if (!isNear) continue;
    const name = nameOf(path).replace(word, "${environment}");
    const pattern = `${base}${name}`;
    const known = found.get(pattern) ?? { environments: [], paths: [] };
    known.environments.push(lower);
    known.paths.push(path);
    if (end !== "") found.set(pattern, known);
  }
  const [best] = [...found].sort(([, a], [, b]) => b.paths.length - a.paths.length);
  const taken = new Set(best?.[1].paths);
  const left = files
    .map(({ path }) => path)
    .filter((path) => near.has(folderOf(path)) && isOtherValues(path) && !taken.has(path));
  if (best === undefined) return { pattern: undefined, environments: [], all: [], left };
  const [pattern, { environments }] = best;
  return { pattern, environments, all: [pattern], left };
}

function isOtherValues(path: string): boolean {
  return /^(?!values\.ya?ml$).*values.*\.ya?ml$/i.test(nameOf(path));
}

function notTaken(path: string, pattern: string | undefined): string {
  const form = pattern === undefined ? "values-${environment}.yaml, say" : pattern;
  return `${path} is not taken up: give the values of every environment one form of name (${form}), or list it under values`;
}

function textsOf(files: readonly RepositoryFile[], paths: readonly string[]): readonly string[] {
  const forms = paths.map((path) => {
    const [before = "", after] = path.split("${environment}");
    return { before, after };
  });
  return files
    .filter(({ path }) =>
      forms.some(({ before, after }) =>
        after === undefined
          ? path === before
          : path.startsWith(before) && path.endsWith(after) && path.length > before.length,
      ),
    )
    .map(({ text }) => text);
}
