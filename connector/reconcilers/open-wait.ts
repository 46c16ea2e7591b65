import type { Build, PullRequest } from "../../core/azure-devops/types.ts";
import type { Wait } from "../../core/gate/wait.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

/** A wait that is being looked at. */
export type OpenWait = {
  readonly wait: Wait;
  readonly repository: ManifestsRepository;
  readonly environment: EnvironmentConfig;
  readonly timeline: string;
  /** The task's log, where an earlier life of the connector began one. */
  readonly log: number | undefined;
  /** The pull request whose head is the carrier, where there is one. */
  readonly pullRequest: number | undefined;
  /** That pull request as it was read when the wait was accepted. */
  readonly pullRequestThen?: PullRequest;
  /** The carrier says by its trailers that a run made it. */
  readonly madeByRun: boolean;
  /** And that this run had nothing to change. */
  readonly unchanged: boolean;
  readonly runName: string;
  /** When the run began: its pull requests are younger. */
  readonly started: Pick<Build, "queueTime" | "startTime">;
  /** The code commit that is deployed: what CI checked, else what the run was started for. */
  readonly source: { readonly repository: string; readonly commit: string } | undefined;
};
