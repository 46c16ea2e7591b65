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
import { stepOf } from "./step-defaults.ts";
import type { LineOf } from "./yaml-path.ts";

/** The delivery that a checked file means. */
export function withDefaults(file: DeliveryFile, lineOf: LineOf): Delivery {
  const line = (...path: (string | number)[]) => lineOf(path).line ?? 1;
  return {
    name: file.metadata.name,
    images: (file.images ?? []).map(imageOf),
    imageFields: file.imageFields ?? [],
    apps: file.apps.map((app, index) =>
      appOf(app, { line: line("apps", index), stepLine: (i) => line("apps", index, "render", i) }),
    ),
    environments: file.environments.map((environment, index) =>
      environmentOf(environment, { common: file.config ?? {}, line: line("environments", index) }),
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

type Lines = { readonly line: number; readonly stepLine: (index: number) => number };

function appOf(app: AppFile, { line, stepLine }: Lines): App {
  return {
    name: app.name,
    path: app.path ?? app.name,
    ...(app.namespace === undefined ? {} : { namespace: app.namespace }),
    ...(app.environments === undefined ? {} : { environments: app.environments }),
    clusterScoped: app.clusterScoped ?? [],
    render: app.render.map((step, index) => stepOf(step, { app, line: stepLine(index) })),
    line,
  };
}

function environmentOf(
  environment: EnvironmentFile,
  { common, line }: { readonly common: ConfigFile; readonly line: number },
): Environment {
  const { name, path = name, kubernetesVersion, apiVersions = [] } = environment;
  return {
    name,
    path,
    ...(kubernetesVersion === undefined
      ? {}
      : { kubernetesVersion: kubernetesVersion.replace(/^v/, "") }),
    apiVersions,
    pullRequest: { autoComplete: false, draftOnRisk: [], labels: [], ...environment.pullRequest },
    config: joinedConfig(configOf(common), configOf(environment.config ?? {})),
    line,
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

function configOf(config: ConfigFile): Config {
  const { from = "code", folder, branch } = config;
  const place = (entry: ConfigPathFile): ConfigPath => {
    const given = typeof entry === "string" ? { path: entry } : entry;
    return {
      path: folder === undefined ? given.path : joined(folder, given.path),
      from: given.from ?? from,
      optional: given.optional ?? false,
    };
  };
  return {
    variables: Object.entries(config.variables ?? {}).map(variableOf),
    files: (config.files ?? []).map(place),
    snippets: (config.snippets ?? []).map(place),
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
