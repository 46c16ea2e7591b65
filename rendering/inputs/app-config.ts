import type { App, ConfigPath, Delivery, Environment } from "../../core/delivery/delivery.ts";
import { expandPath } from "../../core/delivery/expand-path.ts";
import { InputError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import { lostPlaceholders } from "../../core/render/lost-placeholders.ts";
import type { Place } from "../../core/render/origins.ts";
import { mergeValues, valueAt } from "../../core/render/merge-values.ts";
import type { TokenValue } from "../../core/render/token-text.ts";
import { containedPath, filesUnder, fileText, isThere } from "./contained-files.ts";
import type { Root } from "./contained-files.ts";
import type { ResolvedVariable } from "./variables.ts";

/** What an environment says for one app. */
export type AppConfig = {
  readonly variables: ReadonlyMap<string, ResolvedVariable>;
  /** The values files that exist, in order. */
  readonly files: readonly ConfigFile[];
  /** All of them merged; whole numbers beyond 2^53 as bigint. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The same, each value as its file spells it: `1.10`, `007`, `yes`. */
  readonly spelled: () => Readonly<Record<string, unknown>>;
  /** Files of the snippet folders, in order. */
  readonly snippets: readonly ConfigFile[];
};

export type ConfigFile = {
  /** As in fluxgate.yaml, names filled in. */
  readonly path: string;
  readonly absolute: string;
  readonly text: string;
  /** Whether other apps of the environment get it as well. */
  readonly shared: boolean;
  readonly from: ConfigPath["from"];
};

/** Where a line of it stands, for the index. */
export function placeIn({ path, from }: ConfigFile, line?: number): Place {
  return {
    file: path,
    ...(line === undefined ? {} : { line }),
    ...(from === "configuration" ? { in: "configuration" } : {}),
  };
}

/** Where configuration paths are looked up. */
export type ConfigRoots = { readonly code: Root; readonly configuration?: Root };

type Options = {
  readonly delivery: Delivery;
  readonly environment: Environment;
  readonly app: App;
  readonly roots: ConfigRoots;
  readonly variables: ReadonlyMap<string, ResolvedVariable>;
};

/** @throws InputError with every file that is missing or no mapping. */
export function loadAppConfig(options: Options): AppConfig {
  const { environment, variables } = options;
  const problems: Problem[] = [];
  const load = (list: readonly ConfigPath[]) => {
    const loaded: ConfigFile[] = [];
    for (const place of list) {
      try {
        loaded.push(...configFiles(place, options));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const at = { file: options.delivery.file, line: place.line };
        problems.push(...error.problems.map((each) => (each.file ? each : { ...at, ...each })));
      }
    }
    return loaded;
  };
  const files = load(environment.config.files);
  const snippets = load(environment.config.snippets);
  const layers = files.map((file) => valuesIn(file, problems));
  if (!options.delivery.validate.off.includes("placeholders")) {
    problems.push(...files.flatMap(({ text, path }) => lostPlaceholders(text, path)));
  }
  if (problems.length > 0) throw new InputError(problems);
  const yaml = snippets.filter(({ path }) => isSnippet(path));
  let spelled: AppConfig["values"] | undefined;
  return {
    ...{ variables, files, values: mergeValues(...layers), snippets: yaml },
    spelled: () => (spelled ??= mergeValues(...files.map(spelledIn))),
  };
}

/** What stands in the place of a token: a declared variable, else a configuration value. */
export function lookUp(config: AppConfig, name: string): TokenValue | undefined {
  const variable = config.variables.get(name);
  if (variable) return { value: variable.value, text: variable.text };
  const value = valueAt(config.values, name);
  if (value === undefined || value === null) return undefined;
  const spelled = valueAt(config.spelled(), name);
  return { value, text: typeof spelled === "string" ? spelled : undefined };
}

function spelledIn(file: ConfigFile): AppConfig["values"] {
  const value = parseYaml(file.text, file.path, { as: "spelled" }).documents[0]?.value;
  return isRecord(value) ? value : {};
}

function configFiles(place: ConfigPath, options: Options): readonly ConfigFile[] {
  const { delivery, environment, app, roots } = options;
  const names = { delivery: delivery.name, environment: environment.name, app: app.name };
  const path = expandPath(place.path, names);
  const root = place.from === "code" ? roots.code : roots.configuration;
  if (root === undefined) {
    const message = `environment ${environment.name}: ${path} is in the configuration repository, whose folder was not given`;
    throw new InputError([{ message }]);
  }
  if (place.optional && !isThere(root, path)) return [];
  const paths = filesUnder(root, path).filter((each) => {
    const owner = ownerOf(each, { folder: path, delivery });
    return owner === undefined || owner === app.name;
  });
  return paths.map((each) => {
    const absolute = containedPath(root, each);
    const named = place.path.includes("${app}") || ownerOf(each, { folder: path, delivery });
    return { path: each, absolute, text: fileText(root, each), shared: !named, from: place.from };
  });
}

// A folder with an app's name directly below a configuration folder is that app's alone.
function ownerOf(
  path: string,
  { folder, delivery }: { readonly folder: string; readonly delivery: Delivery },
): string | undefined {
  const inner = folder === "." ? path : path.slice(folder.length + 1);
  const first = inner.includes("/") ? inner.slice(0, inner.indexOf("/")) : undefined;
  return delivery.apps.find(({ name }) => name === first)?.name;
}

function valuesIn(file: ConfigFile, problems: Problem[]): Readonly<Record<string, unknown>> {
  const { documents, problems: found } = parseYaml(file.text, file.path, {
    exactIntegers: true,
  });
  problems.push(...found);
  const [document] = documents;
  if (document === undefined) return {};
  if (documents.length === 1 && isRecord(document.value)) return document.value;
  problems.push({ file: file.path, line: 1, message: "a values file must be one mapping" });
  return {};
}

/** Folders of snippets that hold none, for any app; each with the environment, as a sentence. */
export function emptySnippets(options: Options): readonly string[] {
  const { delivery, environment, app, roots } = options;
  const names = { delivery: delivery.name, environment: environment.name, app: app.name };
  return environment.config.snippets.flatMap(({ path: written, from, optional }) => {
    const path = expandPath(written, names);
    const root = from === "code" ? roots.code : roots.configuration;
    if (root === undefined || (optional && !isThere(root, path))) return [];
    if (filesUnder(root, path).some(isSnippet)) return [];
    const what = "holds no YAML or JSON file, so nothing of it is applied";
    return [`environment ${environment.name}: the snippet folder ${path} ${what}`];
  });
}

function isSnippet(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path);
}
