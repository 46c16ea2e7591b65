import type { Place } from "./node.ts";

/** A pipeline after its templates were expanded: what can run. */
export type Pipeline = {
  readonly name: string | undefined;
  readonly resources: Resources;
  readonly variables: readonly Variable[];
  readonly lockBehavior: LockBehavior;
  readonly stages: readonly Stage[];
};

export type LockBehavior = "runLatest" | "sequential";

export type Variable =
  | {
      readonly kind: "value";
      readonly name: string;
      readonly value: string;
      readonly isReadOnly: boolean;
    }
  | { readonly kind: "group"; readonly group: string };

export type Filter = { readonly include: readonly string[]; readonly exclude: readonly string[] };

export type Resources = {
  readonly repositories: readonly RepositoryResource[];
  readonly pipelines: readonly PipelineResource[];
};

export type RepositoryResource = {
  readonly alias: string;
  /** `project/repository` or `repository` */
  readonly name: string;
  readonly ref: string | undefined;
  readonly trigger: Trigger;
};

export type PipelineResource = {
  readonly alias: string;
  readonly source: string;
  /** Another project's name. */
  readonly project: string | undefined;
  /** Number of the run to use; absent: the newest. */
  readonly version: string | undefined;
  readonly branch: string | undefined;
  readonly tags: readonly string[];
  readonly trigger: RunTrigger | undefined;
};

/** When the end of another pipeline's run starts this one. */
export type RunTrigger = {
  readonly branches: Filter | undefined;
  readonly tags: readonly string[];
  readonly stages: readonly string[];
};

export type Trigger =
  | { readonly kind: "none" }
  | {
      readonly kind: "push";
      /** Undefined: no branch, only tags. */
      readonly branches: Filter | undefined;
      readonly tags: Filter | undefined;
      readonly paths: Filter;
      readonly batch: boolean;
    };

type Scheduled = {
  readonly at: Place;
  readonly name: string;
  readonly displayName: string;
  /** Undefined: the one before. */
  readonly dependsOn: readonly string[] | undefined;
  readonly condition: string | undefined;
  readonly variables: readonly Variable[];
};

export type Stage = Scheduled & {
  readonly lockBehavior: LockBehavior | undefined;
  /** True: a person starts it. */
  readonly manual: boolean;
  readonly skippable: boolean;
  readonly jobs: readonly Job[];
};

export type Job = Scheduled & {
  readonly kind: "agent" | "server" | "deployment";
  /** Numbers, or an expression of variables. */
  readonly timeoutInMinutes: string | undefined;
  readonly cancelTimeoutInMinutes: string | undefined;
  readonly continueOnError: string | undefined;
  readonly strategy: Strategy;
  readonly environment: TargetEnvironment | undefined;
  /** Repository aliases that its token reaches besides those that it checks out. */
  readonly uses: readonly string[];
  /** Empty for deployments: theirs are in the hooks. */
  readonly steps: readonly Step[];
};

export type TargetEnvironment = {
  readonly name: string;
  readonly resourceName: string | undefined;
};

export type Strategy =
  | { readonly kind: "single" }
  | {
      readonly kind: "matrix";
      readonly at: Place;
      /** Variables by leg, or a `$[ … ]` that gives them as JSON. */
      readonly legs: Readonly<Record<string, Readonly<Record<string, string>>>> | string;
      readonly maxParallel: number;
    }
  | { readonly kind: "parallel"; readonly count: string; readonly at: Place }
  | { readonly kind: "runOnce"; readonly hooks: readonly Hook[] };

export type Hook = {
  readonly name: HookName;
  readonly server: boolean;
  readonly steps: readonly Step[];
};

export type HookName =
  "preDeploy" | "deploy" | "routeTraffic" | "postRouteTraffic" | "onSuccess" | "onFailure";

export type Step = {
  readonly at: Place;
  readonly name: string | undefined;
  readonly displayName: string;
  readonly condition: string | undefined;
  readonly continueOnError: string | undefined;
  readonly timeoutInMinutes: string | undefined;
  readonly retryCountOnTaskFailure: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** Undefined: every variable and command. */
  readonly limits: StepLimits | undefined;
  readonly action: Action;
};

/** `target:` of a step: which logging commands and variables it may use. */
export type StepLimits = {
  readonly restrictedCommands: boolean;
  /** Undefined: any. */
  readonly settableVariables: readonly string[] | undefined;
};

export type Shell = "cmdline" | "bash" | "pwsh";

export type Action =
  | {
      readonly kind: "script";
      readonly shell: Shell;
      readonly text: string;
      readonly folder: string | undefined;
      readonly failOnStderr: boolean;
      /** PowerShell only: `stop` by default. */
      readonly errorAction: string | undefined;
      readonly ignoreExitCode: boolean;
    }
  | {
      readonly kind: "checkout";
      readonly repository: string;
      readonly path: string | undefined;
      readonly fetchDepth: string | undefined;
      readonly fetchTags: boolean;
      readonly fetchFilter: string | undefined;
      readonly submodules: string | undefined;
      readonly persistCredentials: boolean;
    }
  | { readonly kind: "publish"; readonly path: string; readonly artifact: string }
  | {
      readonly kind: "download";
      /** `current` or the alias of a pipeline resource; `none` turns the default off. */
      readonly source: string;
      readonly artifact: string | undefined;
      readonly patterns: string | undefined;
      readonly path: string | undefined;
    }
  | {
      readonly kind: "task";
      readonly task: string;
      readonly version: number;
      readonly inputs: Readonly<Record<string, string>>;
    };
