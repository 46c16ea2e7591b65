import { attachmentRoutes } from "./areas/attachments.ts";
import { branchStatRoutes } from "./areas/branch-stats.ts";
import { commitRoutes } from "./areas/commits.ts";
import { connectionDataRoutes } from "./areas/connection-data.ts";
import { diffRoutes } from "./areas/diffs.ts";
import { evaluationRoutes } from "./areas/evaluations.ts";
import { extensionDataRoutes } from "./areas/extension-data.ts";
import { identityRoutes } from "./areas/identities.ts";
import { importRoutes } from "./areas/import-requests.ts";
import { itemRoutes } from "./areas/items.ts";
import { itemsBatchRoutes } from "./areas/items-batch.ts";
import { iterationRoutes } from "./areas/iterations.ts";
import { labelRoutes } from "./areas/labels.ts";
import { objectRoutes } from "./areas/objects.ts";
import { permissionRoutes } from "./areas/permissions.ts";
import { policyRoutes } from "./areas/policies.ts";
import { projectRoutes } from "./areas/projects.ts";
import { pullRequestPropertyRoutes } from "./areas/properties.ts";
import { pullRequestQueryRoutes } from "./areas/pull-request-query.ts";
import { pullRequestStatusRoutes } from "./areas/pull-request-statuses.ts";
import { pullRequestRoutes } from "./areas/pull-requests.ts";
import { pushRoutes } from "./areas/pushes.ts";
import { refRoutes } from "./areas/refs.ts";
import { repositoryRoutes } from "./areas/repositories.ts";
import { reviewerRoutes } from "./areas/reviewers.ts";
import { sandboxRoutes } from "./areas/sandbox-controls.ts";
import { serviceEndpointRoutes } from "./areas/endpoints.ts";
import { statusRoutes } from "./areas/statuses.ts";
import { teamRoutes } from "./areas/teams.ts";
import { threadRoutes } from "./areas/threads.ts";
import { workItemRoutes } from "./areas/work-items.ts";
import { resourceAreaRoutes } from "./resource-areas.ts";
import type { Route } from "./route.ts";

/** Everything but pipelines. */
export const ownRoutes: readonly Route[] = [
  ...resourceAreaRoutes,
  ...connectionDataRoutes,
  ...projectRoutes,
  ...teamRoutes,
  ...identityRoutes,
  ...repositoryRoutes,
  ...importRoutes,
  ...refRoutes,
  ...pushRoutes,
  ...statusRoutes,
  ...commitRoutes,
  ...diffRoutes,
  ...branchStatRoutes,
  ...itemRoutes,
  ...itemsBatchRoutes,
  ...objectRoutes,
  ...reviewerRoutes,
  ...pullRequestPropertyRoutes,
  ...labelRoutes,
  ...attachmentRoutes,
  ...threadRoutes,
  ...pullRequestStatusRoutes,
  ...iterationRoutes,
  ...pullRequestRoutes,
  ...pullRequestQueryRoutes,
  ...workItemRoutes,
  ...permissionRoutes,
  ...policyRoutes,
  ...evaluationRoutes,
  ...serviceEndpointRoutes,
  ...extensionDataRoutes,
  ...sandboxRoutes,
];
