// The JSON Schema of fluxgate.yaml. docs/spec/fluxgate.schema.json is this, published for editors.
import { checkNames } from "./delivery.ts";

const name = {
  type: "string",
  pattern: "^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$",
  description:
    "Lower-case letters, digits and hyphens, at most 50: it becomes folders and branches.",
};
const path = {
  type: "string",
  minLength: 1,
  description: "Relative to the checkout; ${environment}, ${app} and ${delivery} may stand in it.",
};
const text = { type: "string" };
const flag = { type: "boolean" };
const texts = { type: "array", items: text };
const paths = { type: "array", items: path };

function object(
  properties: Readonly<Record<string, unknown>>,
  options: { readonly required?: readonly string[]; readonly description?: string } = {},
) {
  return { type: "object", properties, additionalProperties: false, ...options };
}

function mapOf(values: unknown, description: string) {
  return { type: "object", additionalProperties: values, description };
}

const helm = object(
  {
    chart: { ...path, description: "Chart folder or packaged chart (.tgz) in the checkout." },
    release: { type: "string", minLength: 1, maxLength: 53, description: "Default: the app." },
    namespace: { ...text, description: "Release namespace; default: the app's." },
    values: { ...paths, description: "Values files, the later wins." },
    set: mapOf({ type: ["string", "number", "boolean"] }, "Dotted value path → value."),
    setFromVariables: mapOf(text, "Dotted value path → name of a declared variable."),
    includeCRDs: { ...flag, description: "Render the chart's crds/ folder; default true." },
    skipTests: { ...flag, description: "Leave out test hooks; default true." },
    hooks: {
      ...flag,
      description: "Render hooks (Flux would apply them as objects); default false.",
    },
    apiVersions: { ...texts, description: "For .Capabilities.APIVersions." },
  },
  { required: ["chart"], description: "helm template of a chart." },
);
const kustomize = object(
  {
    path: { ...path, description: "Folder with a kustomization." },
    enableHelm: { ...flag, description: "kustomize --enable-helm; default false." },
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
    extVars: mapOf(text, "External variables, as text."),
    topLevelArguments: mapOf(text, "Top-level arguments, as text."),
    multi: { ...flag, description: "The result maps file names to documents. Default false." },
  },
  { required: ["file"], description: "Evaluates a jsonnet program." },
);
const step = {
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

const variableType = { enum: ["string", "integer", "number", "boolean"] };
const variable = {
  type: ["string", "object"],
  pattern: "^(string|integer|number|boolean)$",
  properties: {
    type: variableType,
    from: { ...text, description: "Pipeline variable; default: the same name." },
    default: { type: ["string", "number", "boolean"] },
  },
  additionalProperties: false,
  description: "The type, or {type, from, default}.",
};
const configPath = {
  type: ["string", "object"],
  minLength: 1,
  required: ["path"],
  properties: {
    path,
    optional: { ...flag, description: "It may be absent." },
    from: { enum: ["code", "configuration"], description: "Which repository." },
  },
  additionalProperties: false,
};
const config = object({
  from: { enum: ["code", "configuration"], description: "Default repository of the paths: code." },
  branch: { ...text, minLength: 1, description: "Branch of the configuration repository." },
  folder: { ...path, description: "Put before every path of files and snippets." },
  variables: mapOf(variable, "Variables by declared name."),
  files: { type: "array", items: configPath, description: "Values files, the later wins." },
  snippets: { type: "array", items: configPath, description: "Folders of objects and patches." },
});

const image = object(
  {
    name: {
      type: "string",
      pattern: "^[^\\s@]+$",
      description: "As it stands in manifests: registry and repository, no tag.",
    },
    context: { ...path, description: "Build context folder." },
    dockerfile: { ...path, description: "Default: Dockerfile in the context." },
    dependsOn: { ...paths, description: "Further paths whose change makes a new image." },
    required: { ...flag, description: "Every environment must use it. Default true." },
  },
  { required: ["name"] },
);
const imageField = object(
  {
    kind: text,
    group: text,
    path: { ...text, description: "Dotted; * for every list item." },
  },
  { required: ["kind", "path"] },
);
const app = object(
  {
    name,
    path: { ...path, description: "Folder under the environment's path; default: the name." },
    namespace: { ...text, description: "For objects that name none." },
    environments: { type: "array", items: name, minItems: 1, description: "Only in these." },
    clusterScoped: { ...texts, description: "Cluster-scoped kinds that it may render." },
    render: { type: "array", items: step, minItems: 1 },
  },
  { required: ["name", "render"] },
);
const environment = object(
  {
    name,
    path: { ...path, description: "Folder in the manifests repository; default: the name." },
    kubernetesVersion: { type: "string", pattern: "^1\\.[0-9]+(\\.[0-9]+)?$" },
    apiVersions: { ...texts, description: "For helm's .Capabilities.APIVersions." },
    pullRequest: object({ autoComplete: flag }),
    config,
  },
  { required: ["name"] },
);

const validate = object(
  {
    off: { type: "array", items: { enum: checkNames }, description: "Checks that are not made." },
    schemas: { ...paths, description: "CustomResourceDefinitions that the clusters have." },
    postBuild: { ...texts, description: "Variables that Flux substitutes." },
  },
  { description: "Checks of the rendered objects." },
);

export const deliverySchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Fluxgate delivery (fluxgate.yaml)",
  ...object(
    {
      apiVersion: { const: "fluxgate.dev/v1" },
      kind: { const: "Delivery" },
      metadata: object({ name }, { required: ["name"] }),
      images: { type: "array", items: image },
      imageFields: { type: "array", items: imageField },
      apps: { type: "array", items: app, minItems: 1 },
      environments: { type: "array", items: environment, minItems: 1 },
      validate,
    },
    { required: ["apiVersion", "kind", "metadata", "apps", "environments"] },
  ),
} as const;
