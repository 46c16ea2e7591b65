import type { AzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { listWorkItemsOfPullRequest } from "../../../clients/azure-devops/work-items.ts";
import { mapLimited } from "../../../clients/map-limited.ts";
import type { TraceQuery } from "../../view/trace-query.ts";
import type { Memory } from "../memory.ts";
import { lookForImage } from "./image-trace.ts";
import { loadCarried } from "./carried-commits.ts";
import { type Made, repoOf } from "./trace-source.ts";

type Of = {
  /** Newest first. */
  readonly made: readonly Made[];
  readonly query: TraceQuery;
  /** Of one look: the repositories of a project are listed once. */
  readonly look: Memory;
};

/** The pull requests of runs that carry what somebody looks for. */
export async function readFittingTrace(
  ado: AzureDevOps,
  of: Of,
  memory: Memory,
): Promise<readonly Made[]> {
  const { made } = of;
  const fits = await mapLimited(made, 6, (one) => isFitting(ado, { ...of, one }, memory));
  return made.filter((_one, index) => fits[index]);
}

async function isFitting(
  ado: AzureDevOps,
  of: Of & { readonly one: Made },
  memory: Memory,
): Promise<boolean> {
  const { one, query } = of;
  const { pullRequest, branch } = one;
  const { pullRequestId: id } = pullRequest;
  switch (query.kind) {
    case "nothing":
      return false;
    case "run":
      return branch.build === query.build;
    case "pull-request":
      return id === query.id;
    case "work-item": {
      const repo = repoOf(pullRequest);
      const items = await memory(["work items", String(id)], () =>
        listWorkItemsOfPullRequest(ado, { repo, id }),
      );
      if (items.includes(query.id)) return true;
      const carried = await loadCarried(ado, of, memory);
      return carried.some(({ workItems }) => workItems.includes(query.id));
    }
    case "commit": {
      const commits = [pullRequest.lastMergeCommit, pullRequest.lastMergeSourceCommit];
      if (commits.some((known) => known?.commitId.startsWith(query.commit))) return true;
      const carried = await loadCarried(ado, of, memory);
      return carried.some(({ commit }) => commit.startsWith(query.commit));
    }
    case "image":
      return lookForImage(ado, { ...one, query }, memory);
  }
}
