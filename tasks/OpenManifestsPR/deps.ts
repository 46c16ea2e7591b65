import type { Carrier } from "../../clients/azure-devops/carrier.ts";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { WantedReviewer } from "../../clients/azure-devops/pull-request-reviewers.ts";
import type { GitRepository } from "../../clients/git.ts";
import type { Extension } from "../../core/extension.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import type { RepositoryAddress } from "../../core/azure-devops/urls.ts";
import type { TaskLog } from "../common/task-env.ts";
import type { Inputs } from "./inputs.ts";
import type { Render } from "./read-render.ts";
import type { RunStart } from "./run-start.ts";

/** What `run` is given from outside. */
export type Deps = {
  /** The organisation of the manifests repository. */
  readonly ado: AzureDevOps;
  /** The organisation of this run, where it is another one. */
  readonly runs?: AzureDevOps;
  /** The published copy that this task came with: its hub is linked to. */
  readonly extension: Extension;
  /** Value of the Authorization header, for git. */
  readonly authorization: string;
  readonly log: TaskLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A folder that the agent empties after the job. */
  readonly tempFolder: string;
};

/** Everything that the steps of one run share. */
export type Work = {
  readonly ado: AzureDevOps;
  /** Where this run, its code and other runs are. */
  readonly runs: AzureDevOps;
  readonly reviewers: readonly WantedReviewer[];
  readonly extension: Extension;
  readonly log: TaskLog;
  readonly now: () => number;
  readonly inputs: Inputs;
  readonly render: Render;
  readonly repo: RepositoryRef;
  readonly repository: Repository;
  readonly start: RunStart;
  /** A commit of a run's branch; it cannot change, so it is read once. */
  readonly carrier: (commit: string) => Promise<Carrier>;
  readonly address: RepositoryAddress;
  readonly git: GitRepository;
};

/** What was rendered: the commit that CI checked, else the run's own. */
export function sourceOf({ render, inputs: { run } }: Pick<Work, "render" | "inputs">) {
  return render.source ?? { repository: run.sourceRepository, commit: run.sourceVersion };
}
