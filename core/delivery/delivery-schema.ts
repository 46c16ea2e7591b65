// The JSON Schema of fluxgate.yaml. docs/spec/fluxgate.schema.json is this, published for editors.
import { labelPattern } from "../report/label.ts";
import { riskKinds } from "../diff/risk-kinds.ts";
import { titlePattern } from "../report/title-template.ts";
import { imageNamePattern } from "../images/image-name.ts";
import { checkNames, deliveryModes } from "./delivery.ts";
import {
  flag,
  mapOf,
  namespace,
  object,
  path,
  pathPattern,
  paths,
  text,
  texts,
  variableName,
} from "./schema-words.ts";
import { engineNames, stepKinds } from "./steps/registry.ts";

const name = {
  type: "string",
  pattern: "^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$",
  description:
    "Lower-case letters, digits and hyphens, at most 50: it becomes folders and branches.",
};
const variableTypes = ["string", "integer", "number", "boolean"];
const variableType = { enum: variableTypes };
const variable = {
  type: ["string", "object"],
  pattern: "^(string|integer|number|boolean)$",
  properties: {
    type: variableType,
    from: { ...text, description: "Pipeline variable; default: the same name." },
    default: { type: ["string", "number", "boolean"] },
  },
  additionalProperties: false,
  description: "The type, or {type, from, default}; a default has that type.",
  allOf: variableTypes.map((type) => ({
    if: {
      type: "object",
      properties: { type: { const: type } },
      required: type === "string" ? [] : ["type"],
    },
    then: { properties: { default: { type } } },
  })),
};
const configPath = {
  type: ["string", "object"],
  minLength: 1,
  pattern: pathPattern,
  required: ["path"],
  properties: {
    path,
    optional: { ...flag, description: "It may be absent." },
    from: { enum: ["code", "configuration"], description: "Which repository." },
  },
  additionalProperties: false,
};
const commonConfig = {
  from: { enum: ["code", "configuration"], description: "Default repository of the paths: code." },
  folder: { ...path, description: "Put before every path of files and snippets." },
  variables: mapOf(variable, "Variables by declared name.", variableName),
  files: { type: "array", items: configPath, description: "Values files, the later wins." },
  snippets: { type: "array", items: configPath, description: "Folders of objects and patches." },
};
const config = object({
  ...commonConfig,
  branch: { ...text, minLength: 1, description: "Branch of the configuration repository." },
});

const build = object(
  {
    context: {
      ...path,
      description:
        "Folder that the builder gets; default: context. Where it holds more, only context and dependsOn decide the tag.",
    },
    target: { ...text, minLength: 1, description: "Stage of the Dockerfile." },
    arguments: mapOf(
      { ...text, pattern: "^[^\\r\\n]*$", description: "One line." },
      "Build arguments; they make another image, so they decide the tag.",
      { pattern: "^[^=\\s]+$", description: "A build argument's name: no blank, no equals sign." },
    ),
    platforms: {
      type: "array",
      items: {
        type: "string",
        pattern: "^[a-z0-9]+/[a-z0-9_]+(/[a-z0-9]+)?$",
        description: "System and processor: linux/arm64, linux/arm/v7.",
      },
      minItems: 1,
      description: "linux/amd64, say; default: the agent's own.",
    },
  },
  { description: "How it is built from its context." },
);
const image = object(
  {
    name: {
      type: "string",
      maxLength: 255,
      pattern: imageNamePattern,
      description:
        "As it stands in manifests: registry and repository, no tag. The repository is lower-case, as registries demand.",
    },
    context: { ...path, description: "Build context folder." },
    dockerfile: { ...path, description: "Default: Dockerfile in the context." },
    dependsOn: { ...paths, description: "Further paths whose change makes a new image." },
    required: { ...flag, description: "Every environment must use it. Default true." },
    build,
  },
  { required: ["name"] },
);
const imageField = object(
  {
    kind: text,
    group: text,
    path: { ...text, description: "Dotted; * for every list item." },
    registry: { ...text, description: "Name of the field beside it that holds the registry." },
    tag: { ...text, description: "Name of the field beside it that holds the tag." },
    digest: { ...text, description: "Name of the field beside it that holds the digest." },
  },
  { required: ["kind", "path"] },
);
const step = {
  ...object({
    ...Object.fromEntries(engineNames.map((name) => [name, stepKinds[name].schema])),
    as: { enum: ["documents", "values"], description: "What the next step gets." },
    highLevel: { ...flag, description: "Keep the output as high-level result." },
  }),
  oneOf: engineNames.map((key) => ({ required: [key] })),
};
const app = object(
  {
    name,
    path: { ...path, description: "Folder under the environment's path; default: the name." },
    namespace: {
      ...namespace,
      description: `For objects that name none. ${namespace.description}`,
    },
    environments: { type: "array", items: name, minItems: 1, description: "Only in these." },
    clusterScoped: { ...texts, description: "Cluster-scoped kinds that it may render." },
    render: { type: "array", items: step, minItems: 1 },
  },
  { required: ["name", "render"] },
);
const label = {
  type: "string",
  pattern: labelPattern.source,
  description: "At most 400 characters, without comma, semicolon and spaces around it.",
};
const people = {
  type: "array",
  items: {
    type: "string",
    pattern: "^[^\\r\\n,;]*[^\\s,;][^\\r\\n,;]*$",
    maxLength: 256,
    description: "One of them, in one line without comma and semicolon.",
  },
  minItems: 1,
  maxItems: 50,
};
const environment = object(
  {
    name,
    path: { ...path, description: "Folder in the manifests repository; default: the name." },
    kubernetesVersion: {
      type: "string",
      pattern: "^v?1\\.[0-9]+(\\.[0-9]+([-+][0-9A-Za-z.+-]+)?)?$",
      description: "1.36, 1.36.2 or as the cluster tells it: v1.36.3-gke.1785003.",
    },
    apiVersions: { ...texts, description: "For helm's .Capabilities.APIVersions." },
    pullRequest: object({
      autoComplete: { ...flag, description: "Complete it once its policies are satisfied." },
      draftOnRisk: {
        type: "array",
        items: { enum: riskKinds },
        description:
          "Open it as a draft when it holds such a risk: medium (or graver), high, a rule.",
      },
      labels: { type: "array", items: label, description: "Set when it is opened." },
      mode: {
        enum: deliveryModes,
        description: "direct: no review, the commit goes straight to the branch that Flux follows.",
      },
      reviewers: {
        ...object({ required: people, optional: people }),
        description: "Added when it is opened: by display name, mail, [project]\\group or id.",
      },
      title: {
        type: "string",
        pattern: titlePattern.source,
        maxLength: 400,
        description:
          "Of the pull request; ${delivery}, ${environment}, ${run}, ${change}, ${commit} are filled in.",
      },
    }),
    config,
  },
  { required: ["name"] },
);

const validate = object(
  {
    off: { type: "array", items: { enum: checkNames }, description: "Checks that are not made." },
    schemas: { ...paths, description: "CustomResourceDefinitions that the clusters have." },
    postBuild: { ...texts, description: "Variables that Flux substitutes." },
    allowSecrets: { ...texts, description: "Secrets that hold no secret: name or namespace/name." },
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
      config: {
        ...object(commonConfig),
        description: "For every environment; what the environment itself says comes after it.",
      },
      vendoredCharts: {
        ...path,
        description: "Folder with copies of charts from registries; default vendor/charts.",
      },
      artefact: {
        type: "array",
        items: path,
        description:
          "Further files that CI hands to CD, as scripts of tests: paths, or patterns with * and **.",
      },
      validate,
    },
    { required: ["apiVersion", "kind", "metadata", "apps", "environments"] },
  ),
} as const;
