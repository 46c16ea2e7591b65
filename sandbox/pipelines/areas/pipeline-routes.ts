import type { Route } from "../../azure-devops/route.ts";
import { approvalRoutes } from "./approvals.ts";
import { artifactRoutes } from "./artifacts.ts";
import { attachmentRoutes } from "./attachments.ts";
import { authorizedResourceRoutes } from "./authorized-resources.ts";
import { buildChangeRoutes } from "./build-changes.ts";
import { buildTagRoutes } from "./build-tags.ts";
import { buildRoutes } from "./builds.ts";
import { checkConfigurationRoutes } from "./check-configurations.ts";
import { checkRunRoutes } from "./check-runs.ts";
import { definitionRoutes } from "./definitions.ts";
import { enumShapes } from "./enum-shapes.ts";
import { endpointProxyRoutes } from "./endpoint-proxy.ts";
import { environmentRoutes } from "./environments.ts";
import { folderRoutes } from "./folders.ts";
import { kubernetesResourceRoutes } from "./kubernetes-resources.ts";
import { logRoutes } from "./logs.ts";
import { pipelinePermissionRoutes } from "./pipeline-permissions.ts";
import { pipelineRunRoutes } from "./pipeline-runs.ts";
import { pipelineListRoutes } from "./pipelines.ts";
import { planLogRoutes } from "./plan-logs.ts";
import { planRecordRoutes } from "./plan-records.ts";
import { planRoutes } from "./plans.ts";
import { queueRoutes } from "./queues.ts";
import { retentionRoutes } from "./retention.ts";
import type { CurrentState } from "./run-call.ts";
import { timelineRoutes } from "./timeline.ts";
import { variableGroupRoutes } from "./variable-groups.ts";

/** Every route of pipelines. Those whose templates hold fewer parameters come first. */
export function pipelineRoutes(state: CurrentState): readonly Route[] {
  const all = [
    ...buildRoutes(state),
    ...buildTagRoutes(state),
    ...timelineRoutes(state),
    ...logRoutes(state),
    ...artifactRoutes(state),
    ...attachmentRoutes(state),
    ...buildChangeRoutes(state),
    ...retentionRoutes(state),
    ...definitionRoutes(state),
    ...folderRoutes(state),
    ...checkConfigurationRoutes(state),
    ...checkRunRoutes(state),
    ...approvalRoutes(state),
    ...pipelinePermissionRoutes(state),
    ...authorizedResourceRoutes(state),
    ...environmentRoutes(state),
    ...kubernetesResourceRoutes(state),
    ...pipelineRunRoutes(state),
    ...pipelineListRoutes(state),
    ...planRoutes(state),
    ...planRecordRoutes(state),
    ...planLogRoutes(state),
    ...variableGroupRoutes(state),
    ...queueRoutes,
    ...endpointProxyRoutes,
  ];
  return all.map((route) => {
    const enums = enumShapes[`${route.area}/${route.resource}`];
    return enums ? { ...route, enums } : route;
  });
}
