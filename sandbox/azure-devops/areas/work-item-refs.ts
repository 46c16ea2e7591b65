import { ApiError } from "../api-error.ts";
import type { PullRequests } from "../pull-requests/pull-requests-of.ts";

/** @throws as the service's work item interface does for one that is not there. */
export function demandWorkItem({ workItems }: Pick<PullRequests, "workItems">, id: string): void {
  if (/^[1-9]\d{0,9}$/.test(id) && (workItems === undefined || workItems.has(id))) return;
  throw new ApiError(
    404,
    "WorkItemUnauthorizedAccessException",
    `TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`,
  );
}
