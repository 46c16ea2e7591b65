import type { ImageField } from "../manifests/images.ts";
import type { Step } from "./steps/registry.ts";

/** A fluxgate.yaml, checked and with every default filled in. Paths are relative to the checkout. */
export type Delivery = {
  /** Path of the file, for messages. */
  readonly file: string;
  readonly name: string;
  readonly images: readonly ImageSource[];
  /** Fields besides containers' `image` that hold images (custom resources). */
  readonly imageFields: readonly ImageField[];
  readonly apps: readonly App[];
  /** In the order of promotion; at least one. */
  readonly environments: readonly Environment[];
  readonly validate: Validation;
  /** Folder of the checkout with copies of charts from registries and repositories. */
  readonly vendoredCharts: string;
  /** Patterns of further files that CI hands to CD: scripts of tests and of what comes after. */
  readonly artefact: readonly string[];
};

/** Checks of rendered objects; each can be switched off. */
export const checkNames = [
  "schema",
  "rules",
  "names",
  "lifecycle",
  "placeholders",
  "secrets",
  "scope",
] as const;
export type CheckName = (typeof checkNames)[number];

export type Validation = {
  readonly off: readonly CheckName[];
  /** Files and folders with CustomResourceDefinitions that the clusters have. */
  readonly schemas: readonly string[];
  /** Variables that Flux substitutes (postBuild): `${NAME}` of them may stay. */
  readonly postBuild: readonly string[];
  /** Secrets that hold no secret: `name` or `namespace/name`. */
  readonly allowSecrets: readonly string[];
};

export type ImageSource = {
  /** As it stands in manifests: registry and repository, no tag. */
  readonly name: string;
  /** Build context folder; absent for an image that is built elsewhere. */
  readonly context?: string;
  /** Dockerfile, relative to the checkout. */
  readonly dockerfile?: string;
  /** Further folders and files whose change makes a new image. */
  readonly dependsOn: readonly string[];
  /** Whether each rendered environment must use it. */
  readonly required: boolean;
  readonly build: ImageBuild;
};

/** How the image is built from its context; keys in a fixed order, since they decide its tag. */
export type ImageBuild = {
  /** Folder that the builder gets where it is not the image's `context`. */
  readonly context?: string;
  /** Stage of the Dockerfile. */
  readonly target?: string;
  readonly arguments?: Readonly<Record<string, string>>;
  /** `linux/amd64`; the agent's own when absent. */
  readonly platforms?: readonly string[];
};

export type App = {
  readonly name: string;
  /** Folder under the environment's path. */
  readonly path: string;
  /** Given to objects that name none (cluster-scoped kinds excepted). */
  readonly namespace?: string;
  /** Only in these environments; all when absent. */
  readonly environments?: readonly string[];
  /** Cluster-scoped kinds that the app may render without a warning. */
  readonly clusterScoped: readonly string[];
  /** At least one. */
  readonly render: readonly Step[];
  /** Line of fluxgate.yaml. */
  readonly line: number;
};

/** How the pull request of an environment is opened. */
export type PullRequestSettings = {
  readonly autoComplete: boolean;
  /** Kinds of risks (`core/diff/risk-kinds.ts`) that make it a draft. */
  readonly draftOnRisk: readonly string[];
  readonly labels: readonly string[];
  /** Default `review`; `direct`: none, the commit goes straight to the branch that Flux follows. */
  readonly mode?: DeliveryMode;
  readonly reviewers?: Reviewers;
  /** Template of the title (`core/report/title-template.ts`). */
  readonly title?: string;
};

export const deliveryModes = ["review", "direct"] as const;
export type DeliveryMode = (typeof deliveryModes)[number];

/** People and groups by display name, mail, `[project]\group` or id. */
export type Reviewers = {
  /** Nothing is completed without their approval. */
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
};

export type Environment = {
  readonly name: string;
  /** Folder in the manifests repository. */
  readonly path: string;
  /** `1.36`; decides helm's capabilities and the schemas to validate with. */
  readonly kubernetesVersion?: string;
  /** Further API versions that the cluster serves, for helm's capabilities. */
  readonly apiVersions: readonly string[];
  readonly pullRequest: PullRequestSettings;
  readonly config: Config;
  /** Line of fluxgate.yaml. */
  readonly line: number;
};

export type VariableType = "string" | "integer" | "number" | "boolean";

export type Variable = {
  readonly name: string;
  readonly type: VariableType;
  /** The pipeline variable that holds the value. */
  readonly from: string;
  readonly default?: string | number | bigint | boolean;
};

/** Whose folder a configuration path is in. */
export type ConfigOrigin = "code" | "configuration";

export type ConfigPath = {
  readonly path: string;
  readonly from: ConfigOrigin;
  readonly optional: boolean;
  /** Line of fluxgate.yaml. */
  readonly line: number;
};

export type Config = {
  readonly variables: readonly Variable[];
  /** YAML mappings, merged in order: the later wins, lists are replaced. */
  readonly files: readonly ConfigPath[];
  /** Folders of objects and patches (`*.patch.yaml`), applied in order. */
  readonly snippets: readonly ConfigPath[];
  /** Branch of the configuration repository; its checked-out commit when absent. */
  readonly branch?: string;
};
