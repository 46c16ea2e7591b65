import type { Identity } from "../azure-devops/identity.ts";
import type { Project } from "../azure-devops/project.ts";
import type { Repository } from "../azure-devops/repository.ts";

export type QueueVariable = {
  readonly value: string;
  readonly isSecret: boolean;
  /** May whoever queues a run give it another value? */
  readonly allowOverride: boolean;
};

/** A pipeline: where its YAML lies and what was set in its settings. */
export type Definition = {
  readonly id: number;
  readonly project: Project;
  readonly createdDate: string;
  readonly authoredBy: Identity;
  readonly variables: Map<string, QueueVariable>;
  /** Next values of `counter()`, by prefix. */
  readonly counters: Map<string, number>;
  readonly tags: Set<string>;
  name: string;
  path: string;
  description: string | undefined;
  /** Why it was last changed, where somebody said it. */
  comment: string | undefined;
  /** Of the repository, as clients have set them. */
  repositoryProperties: Readonly<Record<string, string>> | undefined;
  repository: Repository;
  /** As it was given: the service keeps `main` and `refs/heads/main` apart. */
  defaultBranch: string;
  yamlPath: string;
  revision: number;
  changedDate: string;
  queueStatus: "enabled" | "paused" | "disabled";
  /** Agent queue that it was given. */
  queueId: number | undefined;
  /** As they were given, answered in the same words. */
  triggers: readonly unknown[];
};
