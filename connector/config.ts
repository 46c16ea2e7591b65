import { Ajv } from "ajv";
import { LineCounter, parseDocument } from "yaml";
import { normalOrganisationUrl } from "../core/azure-devops/urls.ts";
import { schemaProblem, type PlacedProblem } from "../core/delivery/schema-problem.ts";
import { InputError, type Problem } from "../core/errors.ts";
import { parseDuration } from "../core/flux/duration.ts";
import { configSchema } from "./config-schema.ts";

export type Mode = "observe" | "statuses" | "full";

export type RepositoryConfig = {
  readonly name: string;
  readonly project: string;
  readonly repository: string;
  readonly branch: string;
};

export type EnvironmentConfig = {
  readonly name: string;
  readonly repository: string;
  /** Folder in the manifests repository, without slashes at its ends; empty for the root. */
  readonly path: string;
  readonly clusters: readonly {
    readonly name: string;
    readonly active: boolean;
    readonly paths?: readonly string[];
  }[];
  /** `Kustomization/flux-system/shop-dev`: assigned beside what carries the label. */
  readonly objects: readonly string[];
  readonly definitions?: readonly number[];
  readonly scope: "delivery" | "environment";
  readonly healthUnknownSucceeds: boolean;
};

/** Times in ms. */
export type Timings = {
  /** Between two looks for new letters. */
  readonly letters: number;
  /** Between two lists of the builds in progress. */
  readonly discovery: number;
  /** Between two full looks at an environment. */
  readonly resync: number;
  /** How long a failure may last before it counts. */
  readonly grace: number;
  /** Between two looks at an open wait. */
  readonly look: number;
};

export type ConnectorConfig = {
  readonly mode: Mode;
  readonly azureDevOps: {
    readonly organisationUrl: string;
    readonly authentication: "pat" | "bearer" | "workload-identity";
    readonly collectionBuildIdentity?: string;
    readonly extension: { readonly publisher: string; readonly name: string };
  };
  readonly listen: { readonly host: string; readonly port: number };
  readonly repositories: readonly RepositoryConfig[];
  readonly clusters: readonly { readonly name: string; readonly kubeconfig?: string }[];
  readonly environments: readonly EnvironmentConfig[];
  readonly nudge: boolean;
  readonly timings: Timings;
};

const validate = new Ajv({ allErrors: true, strict: false, verbose: true }).compile(configSchema);

type Loose<T> = { readonly [Key in keyof T]?: T[Key] };
type ConfigFile = Omit<
  ConnectorConfig,
  "mode" | "azureDevOps" | "listen" | "repositories" | "environments" | "nudge" | "timings"
> & {
  readonly mode?: Mode;
  readonly azureDevOps: Loose<ConnectorConfig["azureDevOps"]> & {
    readonly organisationUrl: string;
  };
  readonly listen?: Loose<ConnectorConfig["listen"]>;
  readonly repositories: readonly (Omit<RepositoryConfig, "branch"> & {
    readonly branch?: string;
  })[];
  readonly environments: readonly (Loose<EnvironmentConfig> & {
    readonly name: string;
    readonly repository: string;
    readonly clusters: readonly {
      readonly name: string;
      readonly active?: boolean;
      readonly paths?: readonly string[];
    }[];
  })[];
  readonly nudge?: boolean;
  readonly timings?: Readonly<Record<string, string>>;
};

/** @throws InputError with every problem of the file at once, each with its line. */
export function parseConfig(source: string, file: string): ConnectorConfig {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, logLevel: "silent" });
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map(({ pos, message }) => ({
        file,
        line: lines.linePos(pos[0]).line,
        message: `not valid YAML: ${message.split("\n")[0] ?? ""}`,
      })),
    );
  }
  const value = document.toJS({ maxAliasCount: 20 }) as ConfigFile | null;
  const found = validate(value)
    ? contradictions(value)
    : (validate.errors ?? []).map(schemaProblem).filter((one) => one !== undefined);
  if (found.length > 0) {
    throw new InputError(
      found.map(({ path, message }): Problem => {
        const node = document.getIn(path, true) as { range?: [number] } | undefined;
        const range = node?.range ?? nearest(document, path);
        return { file, ...(range ? { line: lines.linePos(range[0]).line } : {}), message };
      }),
      { hint: "docs/connector.md lists every key." },
    );
  }
  return withDefaults(value as ConfigFile);
}

// Of an absent key: the place of what should hold it.
function nearest(
  document: { getIn(path: PlacedProblem["path"], keep: boolean): unknown },
  path: PlacedProblem["path"],
): [number] | undefined {
  for (let length = path.length - 1; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
    if (node?.range) return node.range;
  }
  return undefined;
}

function contradictions(file: ConfigFile): readonly PlacedProblem[] {
  const repositories = new Set(file.repositories.map(({ name }) => name));
  const clusters = new Set(file.clusters.map(({ name }) => name));
  return [
    ...repeated(file.repositories, "repositories"),
    ...repeated(file.clusters, "clusters"),
    ...repeated(file.environments, "environments"),
    ...file.environments.flatMap(({ repository, clusters: used }, index) => [
      ...(repositories.has(repository)
        ? []
        : [unknownName(["environments", index, "repository"], repository, repositories)]),
      ...used.flatMap(({ name }, at) =>
        clusters.has(name)
          ? []
          : [unknownName(["environments", index, "clusters", at, "name"], name, clusters)],
      ),
    ]),
  ];
}

function repeated(
  list: readonly { readonly name: string }[],
  key: string,
): readonly PlacedProblem[] {
  return list.flatMap(({ name }, index) =>
    list.findIndex((other) => other.name === name) < index
      ? [{ path: [key, index, "name"], message: `${key} names ${name} twice` }]
      : [],
  );
}

function unknownName(
  path: PlacedProblem["path"],
  name: string,
  known: ReadonlySet<string>,
): PlacedProblem {
  return { path, message: `there is no ${name}: known are ${[...known].join(", ")}` };
}

function withDefaults(file: ConfigFile): ConnectorConfig {
  const { azureDevOps, timings = {} } = file;
  const ms = (key: keyof Timings, fallback: string) => parseDuration(timings[key] ?? fallback) ?? 0;
  return {
    mode: file.mode ?? "observe",
    azureDevOps: {
      authentication: "pat",
      extension: { publisher: "fluxgate", name: "fluxgate" },
      ...azureDevOps,
      organisationUrl: normalOrganisationUrl(azureDevOps.organisationUrl),
    },
    listen: { host: "0.0.0.0", port: 8080, ...file.listen },
    repositories: file.repositories.map((one) => ({ branch: "main", ...one })),
    clusters: file.clusters,
    environments: file.environments.map((one) => ({
      objects: [],
      scope: "delivery",
      healthUnknownSucceeds: false,
      ...one,
      path: (one.path ?? one.name).replace(/^(\.?\/)+|\/+$/g, ""),
      clusters: one.clusters.map(({ active = true, ...cluster }) => ({ ...cluster, active })),
    })),
    nudge: file.nudge ?? false,
    timings: {
      letters: ms("letters", "15s"),
      discovery: ms("discovery", "120s"),
      resync: ms("resync", "600s"),
      grace: ms("grace", "120s"),
      look: ms("look", "5s"),
    },
  };
}
