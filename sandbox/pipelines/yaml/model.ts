import type { Place } from "./node.ts";

/** A pipeline after its templates were expanded: what can run. */
export type Pipeline = {
  readonly name: string | undefined;
  readonly resources: Resources;
  readonly trigger: Trigger | undefined;
  readonly variables: readonly Variable[];
  readonly stages: readonly Stage[];
};

export type Variable =
  | { readonly kind: "value"; readonly name: string; readonly value: string }
  | { readonly kind: "group"; readonly group: string };

export type Resources = {
  readonly repositories: readonly {
    readonly alias: string;
    /** `project/repository` or `repository` */
    readonly name: string;
    readonly ref: string | undefined;
  }[];
  readonly pipelines: readonly {
    readonly alias: string;
    readonly source: string;
    readonly branches: readonly string[] | undefined;
    readonly triggers: boolean;
  }[];
};

export type Trigger =
  | { readonly kind: "none" }
  | {
      readonly kind: "push";
      readonly branches: readonly string[];
      readonly paths: { readonly include: readonly string[]; readonly exclude: readonly string[] };
    };

type Scheduled = {
  readonly name: string;
  readonly displayName: string;
  /** Undefined: the one before. */
  readonly dependsOn: readonly string[] | undefined;
  readonly condition: string | undefined;
  readonly variables: readonly Variable[];
};

export type Stage = Scheduled & { readonly jobs: readonly Job[] };

export type Job = Scheduled & {
  readonly kind: "agent" | "server" | "deployment";
  readonly timeoutInMinutes: number | undefined;
  /** Name of the Azure DevOps environment of a deployment job. */
  readonly environment: string | undefined;
  /** Repository aliases that its token reaches besides those that it checks out. */
  readonly uses: readonly string[];
  readonly steps: readonly Step[];
};

export type Step = {
  readonly at: Place;
  readonly name: string | undefined;
  readonly displayName: string;
  readonly condition: string | undefined;
  readonly continueOnError: boolean;
  readonly timeoutInMinutes: number | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly action: Action;
};

export type Action =
  | {
      readonly kind: "script";
      readonly shell: "bash";
      readonly text: string;
      readonly folder: string | undefined;
    }
  | { readonly kind: "checkout"; readonly repository: string; readonly path: string | undefined }
  | { readonly kind: "publish"; readonly path: string; readonly artifact: string }
  | {
      readonly kind: "download";
      /** `current` or the alias of a pipeline resource; `none` turns the default off. */
      readonly source: string;
      readonly artifact: string | undefined;
      readonly path: string | undefined;
    }
  | {
      readonly kind: "task";
      readonly task: string;
      readonly version: number;
      readonly inputs: Readonly<Record<string, string>>;
    };
