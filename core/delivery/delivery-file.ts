import type { CheckName, ConfigOrigin, DeliveryMode, VariableType } from "./delivery.ts";
import type { ImageField } from "../manifests/images.ts";
import type { StepFile } from "./steps/registry.ts";

// fluxgate.yaml as written, after the schema check: what has a default may be absent.

type Texts = readonly string[];

export type ConfigPathFile =
  string | { readonly path: string; readonly optional?: boolean; readonly from?: ConfigOrigin };

export type VariableFile =
  | VariableType
  | {
      readonly type?: VariableType;
      readonly from?: string;
      readonly default?: string | number | bigint | boolean;
    };

export type ConfigFile = {
  readonly from?: ConfigOrigin;
  readonly branch?: string;
  readonly folder?: string;
  readonly variables?: Readonly<Record<string, VariableFile>>;
  readonly files?: readonly ConfigPathFile[];
  readonly snippets?: readonly ConfigPathFile[];
};

export type EnvironmentFile = {
  readonly name: string;
  readonly path?: string;
  readonly kubernetesVersion?: string;
  readonly apiVersions?: Texts;
  readonly pullRequest?: {
    readonly autoComplete?: boolean;
    readonly draftOnRisk?: Texts;
    readonly labels?: Texts;
    readonly mode?: DeliveryMode;
    readonly reviewers?: { readonly required?: Texts; readonly optional?: Texts };
    readonly title?: string;
  };
  readonly config?: ConfigFile;
};

export type AppFile = {
  readonly name: string;
  readonly path?: string;
  readonly namespace?: string;
  readonly environments?: Texts;
  readonly clusterScoped?: Texts;
  readonly render: readonly StepFile[];
};

export type DeliveryFile = {
  readonly metadata: { readonly name: string };
  readonly images?: readonly {
    readonly name: string;
    readonly context?: string;
    readonly dockerfile?: string;
    readonly dependsOn?: Texts;
    readonly required?: boolean;
    readonly build?: {
      readonly context?: string;
      readonly target?: string;
      readonly arguments?: Readonly<Record<string, string>>;
      readonly platforms?: Texts;
    };
  }[];
  readonly imageFields?: readonly ImageField[];
  readonly apps: readonly AppFile[];
  readonly environments: readonly EnvironmentFile[];
  readonly config?: Omit<ConfigFile, "branch">;
  readonly vendoredCharts?: string;
  readonly artefact?: Texts;
  readonly validate?: {
    readonly off?: readonly CheckName[];
    readonly schemas?: Texts;
    readonly postBuild?: Texts;
    readonly allowSecrets?: Texts;
  };
};
