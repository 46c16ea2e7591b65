// Variable groups and Azure DevOps environments of a project.
import type { Identity } from "../azure-devops/identity.ts";
import type { Project } from "../azure-devops/project.ts";
import type { Result, Run } from "./run.ts";

export type GroupVariable = {
  readonly value: string;
  readonly isSecret: boolean;
  readonly isReadOnly: boolean;
};

export type VariableGroup = {
  readonly id: number;
  readonly project: Project;
  readonly createdBy: Identity;
  readonly createdOn: string;
  name: string;
  description: string;
  modifiedBy: Identity;
  modifiedOn: string;
  variables: Map<string, GroupVariable>;
};

export type Deployment = {
  readonly id: number;
  readonly run: Run;
  readonly requestIdentifier: string;
  readonly stageName: string;
  readonly jobName: string;
  readonly stageAttempt: number;
  readonly jobAttempt: number;
  readonly resourceName: string | undefined;
  readonly queueTime: string;
  readonly startTime: string;
  finishTime: string | undefined;
  result: Result | undefined;
};

export type Environment = {
  readonly id: number;
  readonly project: Project;
  readonly createdBy: Identity;
  readonly createdOn: string;
  name: string;
  description: string;
  lastModifiedBy: Identity;
  lastModifiedOn: string;
  /** Newest first. */
  readonly deployments: Deployment[];
  readonly resources: KubernetesResource[];
};

/** A namespace of a cluster that an environment names; pipelines say `environment.resource`. */
export type KubernetesResource = {
  readonly id: number;
  readonly name: string;
  readonly namespace: string;
  readonly clusterName: string;
  readonly serviceEndpointId: string;
  readonly tags: readonly string[];
  readonly createdBy: Identity;
  readonly createdOn: string;
};
