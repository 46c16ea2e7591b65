import type { App, Config, ConfigPath, Delivery, Environment, ImageSource } from "./delivery.ts";
import type { Variable } from "./delivery.ts";
import type {
  AppFile,
  ConfigFile,
  ConfigPathFile,
  DeliveryFile,
  EnvironmentFile,
  VariableFile,
} from "./delivery-file.ts";
import { appFolder, environmentFolder } from "./expand-path.ts";
import { kindOf } from "./steps/registry.ts";
import type { Step, StepFile } from "./steps/registry.ts";
import type { StepCommon } from "./steps/step-kind.ts";
import type { LineOf } from "./yaml-path.ts";

type LineAt = (...path: readonly (string | number)[]) => number;

/** The delivery that a checked file means; `path` is the file's, for messages. */
export function withDefaults(
  file: DeliveryFile,
  { path, lineOf }: { readonly path: string; readonly lineOf: LineOf },
): Delivery {
  const line: LineAt = (...keys) => lineOf(keys).line ?? 1;
  const common = configOf(file.config ?? {}, (...keys) => line("config", ...keys));
  return {
    file: path,
    name: file.metadata.name,
    images: (file.images ?? []).map(imageOf),
    imageFields: file.imageFields ?? [],
    apps: file.apps.map((app, index) =>
      appOf(app, {
        path: appFolder(app, file.metadata.name),
        line: (...keys) => line("apps", index, ...keys),
      }),
    ),
    environments: file.environments.map((environment, index) =>
      environmentOf(environment, {
        common,
        path: environmentFolder(environment, file.metadata.name),
        line: (...keys) => line("environments", index, ...keys),
      }),
    ),
    vendoredCharts: file.vendoredCharts ?? "vendor/charts",
    artefact: file.artefact ?? [],
    validate: {
      off: file.validate?.off ?? [],
      schemas: file.validate?.schemas ?? [],
      postBuild: file.validate?.postBuild ?? [],
      allowSecrets: file.validate?.allowSecrets ?? [],
    },
  };
}

function imageOf(image: NonNullable<DeliveryFile["images"]>[number]): ImageSource {
  const { name, context, dependsOn = [], required = true, build = {} } = image;
  const sorted = Object.entries(build.arguments ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const dockerfile = image.dockerfile ?? (context ? joined(context, "Dockerfile") : undefined);
  return {
    name,
    ...(context === undefined ? {} : { context }),
    ...(dockerfile === undefined ? {} : { dockerfile }),
    dependsOn,
    required,
    build: {
      ...(build.context === undefined ? {} : { context: build.context }),
      ...(build.target === undefined ? {} : { target: build.target }),
      ...(sorted.length === 0 ? {} : { arguments: Object.fromEntries(sorted) }),
      ...(build.platforms === undefined ? {} : { platforms: build.platforms }),
    },
  };
}

function appOf(
  app: AppFile,
  { path, line }: { readonly path: string; readonly line: LineAt },
): App {
  return {
    name: app.name,
    path,
    ...(app.namespace === undefined ? {} : { namespace: app.namespace }),
    ...(app.environments === undefined ? {} : { environments: app.environments }),
    clusterScoped: app.clusterScoped ?? [],
    render: app.render.map((step, index) =>
      stepOf(step, { app, line: (...keys) => line("render", index, ...keys) }),
    ),
    line: line(),
  };
}

function stepOf(
  step: StepFile,
  { app, line }: { readonly app: AppFile; readonly line: LineAt },
): Step {
  const { engine, kind, file } = kindOf(step);
  const lines = kind.paths(file).map(([keys, path]) => [path, line(engine, ...keys)]);
  const common: StepCommon = {
    as: step.as ?? "documents",
    highLevel: step.highLevel ?? false,
    line: line(),
    pathLines: Object.fromEntries(lines) as StepCommon["pathLines"],
  };
  // The kind was found by the engine's name, so its defaults are that engine's.
  return { ...common, engine, ...kind.withDefaults(file, app) } as Step;
}

function environmentOf(
  environment: EnvironmentFile,
  of: { readonly common: Config; readonly path: string; readonly line: LineAt },
): Environment {
  const { common, path, line } = of;
  const own = configOf(environment.config ?? {}, (...keys) => line("config", ...keys));
  const { name, kubernetesVersion, apiVersions = [] } = environment;
  return {
    name,
    path,
    ...(kubernetesVersion === undefined
      ? {}
      : { kubernetesVersion: kubernetesVersion.replace(/^v/, "") }),
    apiVersions,
    pullRequest: { autoComplete: false, draftOnRisk: [], labels: [], ...environment.pullRequest },
    config: joinedConfig(common, own),
    line: line(),
  };
}

// What the environment says is later: its files win, its variables replace those of the same name.
function joinedConfig(common: Config, own: Config): Config {
  const replaced = new Set(own.variables.map(({ name }) => name));
  return {
    ...own,
    variables: [...common.variables.filter(({ name }) => !replaced.has(name)), ...own.variables],
    files: [...common.files, ...own.files],
    snippets: [...common.snippets, ...own.snippets],
  };
}

function configOf(config: ConfigFile, line: LineAt): Config {
  const { from = "code", folder, branch } = config;
  const place =
    (list: "files" | "snippets") =>
    (entry: ConfigPathFile, at: number): ConfigPath => {
      const given = typeof entry === "string" ? { path: entry } : entry;
      return {
        path: folder === undefined ? given.path : joined(folder, given.path),
        from: given.from ?? from,
        optional: given.optional ?? false,
        line: line(list, at),
      };
    };
  return {
    variables: Object.entries(config.variables ?? {}).map(variableOf),
    files: (config.files ?? []).map(place("files")),
    snippets: (config.snippets ?? []).map(place("snippets")),
    ...(branch === undefined ? {} : { branch }),
  };
}

function variableOf([name, written]: readonly [string, VariableFile]): Variable {
  const given = typeof written === "string" ? { type: written } : written;
  return {
    name,
    type: given.type ?? "string",
    from: given.from ?? name,
    ...(given.default === undefined ? {} : { default: given.default }),
  };
}

function joined(folder: string, path: string): string {
  return `${folder.replace(/\/+$/, "")}/${path}`;
}
