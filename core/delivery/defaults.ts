import type { App, Config, ConfigPath, Delivery, Environment, ImageSource } from "./delivery.ts";
import type { Step, Variable } from "./delivery.ts";
import type {
  AppFile,
  ConfigFile,
  ConfigPathFile,
  DeliveryFile,
  EnvironmentFile,
  StepFile,
  VariableFile,
} from "./delivery-file.ts";
import type { LineOf } from "./yaml-path.ts";

/** Token form where a step names none. */
const defaultPattern = "#{name}#";

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
      environmentOf(environment, line("environments", index)),
    ),
    validate: {
      off: file.validate?.off ?? [],
      schemas: file.validate?.schemas ?? [],
      postBuild: file.validate?.postBuild ?? [],
    },
  };
}

function imageOf(image: NonNullable<DeliveryFile["images"]>[number]): ImageSource {
  const { name, context, dependsOn = [], required = true } = image;
  const dockerfile = image.dockerfile ?? (context ? joined(context, "Dockerfile") : undefined);
  return {
    name,
    ...(context === undefined ? {} : { context }),
    ...(dockerfile === undefined ? {} : { dockerfile }),
    dependsOn,
    required,
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

function stepOf(step: StepFile, at: { readonly app: AppFile; readonly line: number }): Step {
  const { as = "documents", highLevel = false } = step;
  const common = { as, highLevel, line: at.line };
  if (step.helm) {
    const { namespace = at.app.namespace, ...helm } = step.helm;
    return {
      ...common,
      engine: "helm",
      chart: helm.chart,
      release: helm.release ?? at.app.name,
      ...(namespace === undefined ? {} : { namespace }),
      values: helm.values ?? [],
      set: helm.set ?? {},
      setFromVariables: helm.setFromVariables ?? {},
      includeCRDs: helm.includeCRDs ?? true,
      skipTests: helm.skipTests ?? true,
      hooks: helm.hooks ?? false,
      apiVersions: helm.apiVersions ?? [],
    };
  }
  if (step.kustomize) {
    const { path, enableHelm = false } = step.kustomize;
    return { ...common, engine: "kustomize", path, enableHelm };
  }
  if (step.tokens) {
    const { path, pattern = defaultPattern, patterns = [pattern] } = step.tokens;
    const { escape = "\\", inPlace = false } = step.tokens;
    const place = path === undefined ? {} : { path };
    return { ...common, engine: "tokens", ...place, patterns, escape, inPlace };
  }
  if (step.jsonnet) {
    const { file, libraries = [], extVars = {}, topLevelArguments = {} } = step.jsonnet;
    const { multi = false } = step.jsonnet;
    return { ...common, engine: "jsonnet", file, libraries, extVars, topLevelArguments, multi };
  }
  return { ...common, engine: "copy", path: step.copy?.path ?? "." };
}

function environmentOf(environment: EnvironmentFile, line: number): Environment {
  const { name, path = name, kubernetesVersion, apiVersions = [] } = environment;
  return {
    name,
    path,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    apiVersions,
    pullRequest: { autoComplete: environment.pullRequest?.autoComplete ?? false },
    config: configOf(environment.config ?? {}),
    line,
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
