// The part of the schema of fluxgate.yaml that describes steps, and the words it is made of.

export const path = {
  type: "string",
  minLength: 1,
  description: "Relative to the checkout; ${environment}, ${app} and ${delivery} may stand in it.",
};
export const text = { type: "string" };
export const flag = { type: "boolean" };
export const texts = { type: "array", items: text };
export const paths = { type: "array", items: path };

export function object(
  properties: Readonly<Record<string, unknown>>,
  options: { readonly required?: readonly string[]; readonly description?: string } = {},
) {
  return { type: "object", properties, additionalProperties: false, ...options };
}

export function mapOf(values: unknown, description: string) {
  return { type: "object", additionalProperties: values, description };
}

const helm = object(
  {
    chart: {
      ...path,
      description:
        "Chart folder or packaged chart (.tgz) in the checkout; or oci://… or a repository's chart, of which a copy lies under vendoredCharts.",
    },
    repository: { ...text, minLength: 1, description: "Chart repository that has the chart." },
    version: {
      ...text,
      pattern: "^v?[0-9]+(\\.[0-9]+){0,2}([-+][0-9A-Za-z.+-]+)?$",
      description: "Exact version of a chart from a registry or repository.",
    },
    release: { type: "string", minLength: 1, maxLength: 53, description: "Default: the app." },
    namespace: { ...text, description: "Release namespace; default: the app's." },
    values: { ...paths, description: "Values files, the later wins." },
    set: mapOf({}, "Dotted value path → value of any type."),
    setFiles: mapOf(path, "Dotted value path → file whose text is the value."),
    setFromVariables: mapOf(text, "Dotted value path → name of a declared variable."),
    includeCRDs: { ...flag, description: "Render the chart's crds/ folder; default true." },
    skipTests: { ...flag, description: "Leave out test hooks; default true." },
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
);
const kustomize = object(
  {
    path: { ...path, description: "Folder with a kustomization." },
    enableHelm: { ...flag, description: "kustomize --enable-helm; default false." },
    loadRestrictor: {
      enum: ["rootOnly", "none"],
      description: "none: files outside of the kustomization's folder too; default rootOnly.",
    },
  },
  { required: ["path"], description: "kustomize build; input.yaml holds the step before." },
);
const pattern = {
  type: "string",
  pattern: "name",
  description: 'Token form; "name" stands for the token\'s name: "#{name}#", "__name__".',
};
const tokens = object(
  {
    path: { ...path, description: "File or folder of templates." },
    pattern,
    patterns: { type: "array", items: pattern, minItems: 1, description: "Several forms at once." },
    escape: { ...text, minLength: 1, description: "Before a token: keep it. Default a backslash." },
    inPlace: { ...flag, description: "Rewrite files for later steps; no output. Default false." },
  },
  { description: "Puts variables and configuration values in the place of tokens." },
);
const copy = object({ path }, { required: ["path"], description: "Plain YAML, a file or folder." });
const jsonnet = object(
  {
    file: { ...path, description: "The program." },
    libraries: { ...paths, description: "Library folders (-J), the later wins." },
    extVars: mapOf({}, "External variables of any type."),
    topLevelArguments: mapOf({}, "Top-level arguments of any type."),
    argumentsFromVariables: mapOf(text, "Top-level argument → name of a declared variable."),
    transform: {
      ...flag,
      description:
        "The external variable input holds the objects of the steps before, the result replaces them. Default false.",
    },
    multi: { ...flag, description: "The result maps file names to documents. Default false." },
  },
  { required: ["file"], description: "Evaluates a jsonnet program." },
);
export const step = {
  ...object({
    helm,
    kustomize,
    tokens,
    copy,
    jsonnet,
    as: { enum: ["documents", "values"], description: "What the next step gets." },
    highLevel: { ...flag, description: "Keep the output as high-level result." },
  }),
  oneOf: ["helm", "kustomize", "tokens", "copy", "jsonnet"].map((key) => ({ required: [key] })),
};
