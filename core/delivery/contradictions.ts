import type { AppFile, ConfigFile, DeliveryFile, StepFile } from "./delivery-file.ts";
import type { PlacedProblem } from "./schema-problem.ts";
import type { YamlPath } from "./yaml-path.ts";

/** What a schema cannot say: names that repeat or lead nowhere, paths outside, empty chains. */
export function contradictions(file: DeliveryFile): readonly PlacedProblem[] {
  const environments = new Set(file.environments.map(({ name }) => name));
  return [
    ...repeated(file.images ?? [], { list: "images", key: "name" }),
    ...repeated(file.apps, { list: "apps", key: "name" }),
    ...repeated(
      file.apps.map((app) => ({ path: app.path ?? app.name })),
      { list: "apps", key: "path" },
    ),
    ...repeated(file.environments, { list: "environments", key: "name" }),
    ...repeated(
      file.environments.map(({ name, path = name }) => ({ path: path.replace(/\/+$/, "") })),
      { list: "environments", key: "path" },
    ),
    ...file.apps.flatMap((app, index) => appProblems(app, { index, environments })),
    ...pathProblems(file),
    ...file.environments.flatMap((environment, index) =>
      nestedProblem(environment.path ?? environment.name, { file, index }),
    ),
  ];
}

function repeated<Key extends string>(
  entries: readonly Readonly<Record<Key, string>>[],
  { list, key }: { readonly list: string; readonly key: Key },
): readonly PlacedProblem[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry, index) => {
    const before = first.get(entry[key]);
    if (before === undefined) first.set(entry[key], index);
    return before === undefined
      ? []
      : [
          {
            path: [list, index, key],
            message: `${list}[${index}] has the same ${key} "${entry[key]}" as ${list}[${before}]`,
          },
        ];
  });
}

function appProblems(
  app: AppFile,
  { index, environments }: { readonly index: number; readonly environments: ReadonlySet<string> },
): readonly PlacedProblem[] {
  const unknown = (app.environments ?? []).flatMap((name, at) =>
    environments.has(name)
      ? []
      : [{ path: ["apps", index, "environments", at], message: `no environment "${name}"` }],
  );
  const steps = app.render.flatMap((step, at) => {
    const next = app.render[at + 1];
    const path = ["apps", index, "render", at];
    if (step.as === "values" && !next?.helm && !next?.jsonnet) {
      return [{ path: [...path, "as"], message: "values need a helm or jsonnet step after them" }];
    }
    const chart = step.helm && chartProblem(step.helm);
    if (chart !== undefined) return [{ path: [...path, "helm", "chart"], message: chart }];
    if (step.tokens && step.tokens.path === undefined && (at === 0 || step.tokens.inPlace)) {
      return [{ path: [...path, "tokens"], message: `tokens needs "path" here` }];
    }
    return [];
  });
  return [...unknown, ...steps];
}

function chartProblem(helm: NonNullable<StepFile["helm"]>): string | undefined {
  const { chart, repository, version } = helm;
  const isReference = repository !== undefined || chart.startsWith("oci://");
  if (isReference && version === undefined) {
    return `"${chart}" needs its exact "version": the copy of it under vendoredCharts is found by it`;
  }
  if (!isReference && version !== undefined) {
    return `"version" belongs to a chart from a registry (oci://…) or a "repository"; a chart in the checkout has its own`;
  }
  if (repository !== undefined && !/^[\w.-]+$/.test(chart)) {
    return `"${chart}" is no chart name; "repository" holds the address`;
  }
  return undefined;
}

function pathProblems(file: DeliveryFile): readonly PlacedProblem[] {
  const places: PlacedPath[] = [];
  (file.images ?? []).forEach((image, index) => {
    places.push([["images", index, "context"], image.context]);
    places.push([["images", index, "dockerfile"], image.dockerfile]);
    places.push([["images", index, "build", "context"], image.build?.context]);
    (image.dependsOn ?? []).forEach((path, at) =>
      places.push([["images", index, "dependsOn", at], path]),
    );
  });
  file.apps.forEach((app, index) => {
    places.push([["apps", index, "path"], app.path]);
    app.render.forEach((step, at) => {
      for (const [keys, path] of stepPaths(step)) {
        places.push([["apps", index, "render", at, ...keys], path]);
      }
    });
  });
  (file.validate?.schemas ?? []).forEach((path, at) =>
    places.push([["validate", "schemas", at], path]),
  );
  (file.artefact ?? []).forEach((path, at) => places.push([["artefact", at], path]));
  places.push([["vendoredCharts"], file.vendoredCharts], ...configPaths(["config"], file.config));
  file.environments.forEach(({ path, config }, index) => {
    places.push([["environments", index, "path"], path]);
    places.push(...configPaths(["environments", index, "config"], config));
  });
  return places.flatMap(([path, text]) => {
    const problem = text === undefined ? undefined : unsafePath(text);
    return problem ? [{ path, message: `"${text ?? ""}" ${problem}` }] : [];
  });
}

type PlacedPath = readonly [YamlPath, string | undefined];

function configPaths(at: YamlPath, config: ConfigFile = {}): readonly PlacedPath[] {
  const entries = (["files", "snippets"] as const).flatMap((list) =>
    (config[list] ?? []).map((entry, item): PlacedPath => {
      return [[...at, list, item], typeof entry === "string" ? entry : entry.path];
    }),
  );
  return [[[...at, "folder"], config.folder], ...entries];
}

function stepPaths(step: StepFile): readonly PlacedPath[] {
  return [
    [["helm", "chart"], chartPath(step)],
    ...Object.entries(step.helm?.setFiles ?? {}).map(
      ([key, path]) => [["helm", "setFiles", key], path] as const,
    ),
    ...(step.helm?.values ?? []).map((path, at) => [["helm", "values", at], path] as const),
    [["kustomize", "path"], step.kustomize?.path],
    [["tokens", "path"], step.tokens?.path],
    [["copy", "path"], step.copy?.path],
    [["jsonnet", "file"], step.jsonnet?.file],
    ...(step.jsonnet?.libraries ?? []).map(
      (path, at) => [["jsonnet", "libraries", at], path] as const,
    ),
  ];
}

// What a registry or repository calls its chart is no path.
function chartPath({ helm }: StepFile): string | undefined {
  return helm?.repository !== undefined || helm?.chart.startsWith("oci://")
    ? undefined
    : helm?.chart;
}

/** Why a path of the file is refused; undefined when it stays inside the checkout. */
function unsafePath(path: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return "is remote: vendor it into the repository";
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return "must be relative to the checkout";
  if (path.split(/[/\\]/).includes("..")) return 'must not leave the checkout ("..")';
  const unknown = [...path.matchAll(/\$\{([^}]*)\}?/g)].find(
    (match) => !["environment", "app", "delivery"].includes(match[1] ?? ""),
  );
  if (unknown) return `may hold \${environment}, \${app}, \${delivery} only, not ${unknown[0]}`;
  return undefined;
}

// A folder in another environment's folder would be pruned and applied twice.
function nestedProblem(
  path: string,
  { file, index }: { readonly file: DeliveryFile; readonly index: number },
): readonly PlacedProblem[] {
  const outer = file.environments.find(
    ({ name, path: other = name }, at) => at !== index && path.startsWith(`${other}/`),
  );
  if (!outer) return [];
  const message = `"${path}" lies inside the folder of environment ${outer.name}`;
  return [{ path: ["environments", index, "path"], message }];
}
