// Numbers of the enumerations in the answers of these areas, for clients that ask for them
// (azure-devops-extension-api: Build, Pipelines, TaskAgent and PipelinesApproval).
import type { EnumShape } from "../../azure-devops/route.ts";

const buildStatus = sparse({
  ...{ none: 0, inProgress: 1, completed: 2, cancelling: 4, postponed: 8, notStarted: 32 },
});
const buildResult = sparse({
  ...{ none: 0, succeeded: 2, partiallySucceeded: 4, failed: 8, canceled: 32 },
});
const reason = sparse({
  ...{ none: 0, manual: 1, individualCI: 2, batchedCI: 4, schedule: 8, pullRequest: 256 },
  buildCompletion: 512,
  resourceTrigger: 1024,
});
const taskResult = [
  ...["succeeded", "succeededWithIssues", "failed", "canceled", "skipped", "abandoned"],
];
const project = {
  visibility: ["private", "public"],
  state: ["deleting", "new", "wellFormed", "createPending", "all"],
};
const definition = {
  project,
  type: [undefined, "xaml", "build"],
  quality: [undefined, "definition", "draft"],
  queueStatus: ["enabled", "paused", "disabled"],
  jobAuthorizationScope: [undefined, "projectCollection", "project"],
  triggers: {
    triggerType: sparse({ none: 1, continuousIntegration: 2, schedule: 8, pullRequest: 64 }),
  },
};
const build = {
  ...{ project, definition, reason, status: buildStatus, result: buildResult },
  priority: [undefined, "high", "aboveNormal", "normal", "belowNormal", "low"],
  validationResults: { result: ["ok", "warning", "error"] },
  triggeredByBuild: { project, definition, status: buildStatus, result: buildResult },
};
const record = {
  state: ["pending", "inProgress", "completed"],
  result: taskResult,
  issues: { type: [undefined, "error", "warning"] },
};
const run = {
  state: sparse({ unknown: 0, inProgress: 1, canceling: 2, completed: 4 }),
  result: sparse({ unknown: 0, succeeded: 1, failed: 2, canceled: 4 }),
};
const approvalStatus = sparse({
  ...{ undefined: 0, uninitiated: 1, pending: 2, approved: 4, rejected: 8, skipped: 16 },
  ...{ canceled: 32, timedOut: 64, failed: 128 },
});
const approval = {
  status: approvalStatus,
  steps: { status: approvalStatus },
  executionOrder: [undefined, "anyOrder", "inSequence"],
  permissions: sparse({ none: 0, view: 1, update: 2 }),
};
const poolType = [undefined, "automation", "deployment"];

/** By area and resource. */
export const enumShapes: Readonly<Record<string, EnumShape>> = {
  "build/Builds": build,
  "build/Definitions": definition,
  "build/Timeline": { records: record },
  "distributedtask/records": record,
  "distributedtask/timelines": { records: record },
  "pipelines/runs": run,
  "pipelines/pipelines": { configuration: { type: ["unknown", "yaml"] } },
  "approval/approvals": approval,
  "distributedtask/environmentdeploymentRecords": { result: taskResult },
  "environments/environmentdeploymentrecords": { result: taskResult },
  "distributedtask/pools": { poolType },
  "distributedtask/queues": { pool: { poolType } },
};

function sparse(numbers: Readonly<Record<string, number>>): readonly (string | undefined)[] {
  const names: (string | undefined)[] = [];
  for (const [name, number] of Object.entries(numbers)) names[number] = name;
  return names;
}
