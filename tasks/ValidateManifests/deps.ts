import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Kube } from "../../kube/kube.ts";
import type { HelmTool } from "../../rendering/releases/helm-tool.ts";
import type { TaskLog } from "../common/task-env.ts";

/** What `run` is given from outside. */
export type Deps = {
  readonly ado: AzureDevOps;
  readonly kube: Kube;
  /** Undefined where there is none. */
  readonly helm: HelmTool | undefined;
  /** Ms of a clock that only goes forward. */
  readonly now: () => number;
  /** Ms since 1970. */
  readonly date: () => number;
  readonly log: TaskLog;
};
