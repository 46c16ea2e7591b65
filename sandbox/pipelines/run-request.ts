import type { Identity } from "../azure-devops/identity.ts";
import type { Definition } from "./definition.ts";
import type { PullRequestSource, Reason, Run } from "./run.ts";
import type { DataValue } from "./yaml/node.ts";

/** What a run is asked for with. */
export type RunRequest = {
  readonly definition: Definition;
  readonly reason: Reason;
  /** `refs/heads/main`; absent: the repository's default branch. */
  readonly branch?: string | undefined;
  /** Absent: the branch's head. */
  readonly commit?: string | undefined;
  readonly by: Identity;
  readonly parameters?: Readonly<Record<string, DataValue>>;
  readonly variables?: ReadonlyMap<string, { readonly value: string; readonly isSecret: boolean }>;
  /** Refs of repository resources, and numbers of pipeline resources' runs, by alias. */
  readonly refs?: Readonly<Record<string, string>>;
  readonly versions?: Readonly<Record<string, string>>;
  readonly stagesToSkip?: readonly string[];
  readonly triggeredBy?: Run;
  readonly triggerInfo?: Readonly<Record<string, string>>;
  readonly pullRequest?: PullRequestSource;
  /** Nothing is to run: only what the YAML comes to is asked for. */
  readonly preview?: boolean;
  /** In the place of what the repository holds. */
  readonly yaml?: string | undefined;
};
