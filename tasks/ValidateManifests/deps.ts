import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Kube } from "../../kube/kube.ts";
import type { TaskLog } from "../common/task-env.ts";

/** What `run` is given from outside. */
export type Deps = {
  readonly ado: AzureDevOps;
  readonly kube: Kube;
  readonly log: TaskLog;
};
