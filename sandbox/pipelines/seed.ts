/** What the pipelines of an organisation start with. */
export type PipelinesSeed = {
  readonly definitions: readonly {
    readonly name: string;
    readonly project: string;
    readonly repository: string;
    /** `azure-pipelines/ci.yml` */
    readonly yamlPath: string;
  }[];
  readonly variableGroups?: readonly {
    readonly name: string;
    readonly variables: Readonly<Record<string, string>>;
    /** Names of those of the variables that are secret. */
    readonly secret?: readonly string[];
  }[];
  /** Azure DevOps environments that exist before the first deployment. */
  readonly environments?: readonly string[];
};
