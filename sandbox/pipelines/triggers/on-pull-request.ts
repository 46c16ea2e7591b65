import { recordBuild } from "../../azure-devops/policies/queue-builds.ts";
import { reconsider } from "../../azure-devops/pull-requests/merge-pull-request.ts";
import { queueRun } from "../queue-run.ts";
import type { PipelinesState } from "../state.ts";

/**
 * Builds of branch policies: on Azure Repos only these, not `pr:` in YAML, build a pull request.
 * @returns how to stop
 */
export function offerValidation(state: PipelinesState): () => void {
  const { organisation } = state;
  organisation.builds.queue = async ({ definitionId, pullRequest, commit }) => {
    const definition = state.definitions.find(({ id }) => id === definitionId);
    if (!definition) return undefined;
    const run = await queueRun(state, {
      definition,
      reason: "pullRequest",
      branch: `refs/pull/${pullRequest.id}/merge`,
      commit,
      by: pullRequest.createdBy,
      pullRequest: {
        id: pullRequest.id,
        sourceBranch: pullRequest.sourceRef,
        sourceCommit: pullRequest.sourceCommit,
        targetBranch: pullRequest.targetRef,
      },
    });
    return run.id;
  };
  const changed = ({ id }: { readonly id: number }) => {
    const run = state.runs.find((one) => one.id === id);
    if (run?.status !== "completed") return;
    const pullRequest = recordBuild(organisation, { id, succeeded: run.result === "succeeded" });
    if (pullRequest) reconsider(organisation, pullRequest);
  };
  organisation.events.on("buildChanged", changed);
  return () => {
    organisation.events.off("buildChanged", changed);
    organisation.builds.queue = undefined;
  };
}
