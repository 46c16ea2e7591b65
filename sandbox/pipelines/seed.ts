/** What the pipelines of an organisation start with. */
export type PipelinesSeed = {
  readonly definitions: readonly SeedDefinition[];
  readonly variableGroups?: readonly {
    readonly name: string;
    readonly variables: Readonly<Record<string, string>>;
    /** Names of those of the variables that are secret. */
    readonly secret?: readonly string[];
    /** The first one when absent. */
    readonly project?: string;
  }[];
  /** Azure DevOps environments that exist before the first deployment. */
  readonly environments?: readonly (string | SeedEnvironment)[];
  readonly serviceEndpoints?: readonly {
    readonly name: string;
    readonly type?: string;
    readonly url: string;
    readonly scheme?: string;
    readonly parameters?: Readonly<Record<string, string>>;
    readonly project?: string;
  }[];
};

export type SeedDefinition = {
  readonly name: string;
  readonly project: string;
  readonly repository: string;
  /** `azure-pipelines/ci.yml` */
  readonly yamlPath: string;
  /** `\folder` */
  readonly path?: string;
  readonly comment?: string;
  readonly repositoryProperties?: Readonly<Record<string, string>>;
  /** Runs that ended well before, so that lists have something to list. */
  readonly completedRuns?: number;
};

export type SeedEnvironment = {
  readonly name: string;
  readonly project?: string;
  /** Names of identities who have to approve. */
  readonly approvers?: readonly string[];
  readonly exclusiveLock?: boolean;
};
