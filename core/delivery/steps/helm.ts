import {
  flag,
  mapOf,
  namespace,
  object,
  path,
  paths,
  pathPattern,
  text,
  texts,
} from "../schema-words.ts";
import { helmValueKeys } from "./helm-value-keys.ts";
import type { StepKind } from "./step-kind.ts";

/** A chart of an OCI registry or a chart repository; only a copy in the checkout is ever read. */
export type ChartReference = {
  readonly name: string;
  readonly version: string;
  /** `oci://…` with the name, or the repository's address. */
  readonly from: string;
};

export type HelmStep = {
  /** Path of a chart folder or packaged chart (.tgz) in the checkout, or a reference. */
  readonly chart: string | ChartReference;
  readonly release: string;
  readonly namespace?: string;
  readonly values: readonly string[];
  /** Values of any type by dotted path; over all files. */
  readonly set: Readonly<Record<string, unknown>>;
  /** Dotted path → file whose text is the value. */
  readonly setFiles: Readonly<Record<string, string>>;
  /** Values by dotted path, each from a variable of the environment. */
  readonly setFromVariables: Readonly<Record<string, string>>;
  readonly includeCRDs: boolean;
  readonly skipTests: boolean;
  readonly hooks: boolean;
  readonly apiVersions: readonly string[];
  readonly skipSchemaValidation: boolean;
};

type File = Partial<Omit<HelmStep, "chart">> & {
  readonly chart: string;
  readonly repository?: string;
  readonly version?: string;
};

/** helm template of a chart. */
export const helm: StepKind<File, HelmStep> = {
  schema: object(
    {
      chart: {
        ...path,
        pattern: `^oci://[^\\s]+$|${pathPattern}`,
        description:
          "Chart folder or packaged chart (.tgz) in the checkout; or oci://… or a repository's chart, of which a copy lies under vendoredCharts.",
      },
      repository: { ...text, minLength: 1, description: "Chart repository that has the chart." },
      version: {
        ...text,
        pattern: "^v?[0-9]+(\\.[0-9]+){0,2}([-+][0-9A-Za-z.+-]+)?$",
        description: "Exact version of a chart from a registry or repository.",
      },
      release: {
        type: "string",
        maxLength: 53,
        pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        description: "Lower-case letters, digits, hyphens and dots, at most 53; default: the app.",
      },
      namespace: {
        ...namespace,
        description: `Release namespace; default: the app's. ${namespace.description}`,
      },
      values: { ...paths, description: "Values files, the later wins." },
      set: mapOf({}, "Dotted value path → value of any type.", helmValueKeys),
      setFiles: mapOf(path, "Dotted value path → file whose text is the value.", helmValueKeys),
      setFromVariables: mapOf(
        text,
        "Dotted value path → name of a declared variable.",
        helmValueKeys,
      ),
      includeCRDs: { ...flag, description: "Render the chart's crds/ folder; default true." },
      skipTests: { ...flag, description: "Leave out hooks that are only tests; default true." },
      hooks: {
        ...flag,
        description: "Render hooks (Flux would apply them as objects); default false.",
      },
      apiVersions: { ...texts, description: "For .Capabilities.APIVersions." },
      skipSchemaValidation: {
        ...flag,
        description: "Do not check values by the chart's values.schema.json; default false.",
      },
    },
    { required: ["chart"], description: "helm template of a chart." },
  ),
  withDefaults: ({ chart, repository, version = "", ...file }, app) => ({
    ...(app.namespace === undefined ? {} : { namespace: app.namespace }),
    release: app.name,
    values: [],
    set: {},
    setFiles: {},
    setFromVariables: {},
    includeCRDs: true,
    skipTests: true,
    hooks: false,
    apiVersions: [],
    skipSchemaValidation: false,
    ...file,
    chart: isReference({ chart, repository })
      ? {
          name: chart.slice(chart.lastIndexOf("/") + 1),
          version,
          from: repository ?? chart,
        }
      : chart,
  }),
  paths: (file) => [
    // What a registry or repository calls its chart is no path.
    ...(isReference(file) ? [] : [[["chart"], file.chart] as const]),
    ...(file.values ?? []).map((each, at) => [["values", at], each] as const),
    ...Object.entries(file.setFiles ?? {}).map(([key, each]) => [["setFiles", key], each] as const),
  ],
  problems: (file) => {
    const message = chartProblem(file);
    return message === undefined ? [] : [{ keys: ["chart"], message }];
  },
  takesValues: true,
  tools: () => ["helm"],
};

type Reference = { readonly chart: string; readonly repository?: string | undefined };

function isReference({ chart, repository }: Reference): boolean {
  return repository !== undefined || chart.startsWith("oci://");
}

function chartProblem({ chart, repository, version }: File): string | undefined {
  if (isReference({ chart, repository }) && version === undefined) {
    return `"${chart}" needs its exact "version": the copy of it under vendoredCharts is found by it`;
  }
  if (!isReference({ chart, repository }) && version !== undefined) {
    return `"version" belongs to a chart from a registry (oci://…) or a "repository"; a chart in the checkout has its own`;
  }
  if (repository !== undefined && !/^[\w.-]+$/.test(chart)) {
    return `"${chart}" is no chart name; "repository" holds the address`;
  }
  return undefined;
}
