import * as React from "react";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { useHost } from "../components/host-context.tsx";
import { loadContext, type ReviewContext } from "./load-context.ts";
import type { PullRequestFacts } from "./load-pull-request.ts";
import { createMemory } from "./memory.ts";
import { valueOf } from "./read.ts";
import { type Live, useLive } from "./use-live.ts";

const everyMs = 60_000;

/** {@link loadContext} of an open pull request of a run, while it is looked at. */
export function useContext(
  repo: RepositoryRef,
  { pullRequest, target, comparison, move }: PullRequestFacts,
): Live<ReviewContext | undefined> {
  const { ado, extension } = useHost();
  const memory = React.useRef(createMemory());
  const open = pullRequest.status === "active";
  const moved = valueOf(move);
  const head = moved?.state === "moved" ? moved.head : undefined;
  const load = async (): Promise<ReviewContext | undefined> => {
    if (comparison === undefined || !open) return undefined;
    const { id: project } = pullRequest.repository.project;
    const { pullRequestId: id, repository, targetRefName } = pullRequest;
    const into = { repository, branch: targetRefName.replace("refs/heads/", "") };
    const of = { into, repo, project, id, extension, target, comparison, head };
    return loadContext(ado, of, memory.current);
  };
  const key = JSON.stringify([repo, pullRequest.pullRequestId, comparison, target, open, head]);
  return useLive(load, { key, ...(open ? { everyMs } : {}) });
}
