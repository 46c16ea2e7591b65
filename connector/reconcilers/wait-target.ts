import { getCommit } from "../../clients/azure-devops/commits.ts";
import { getProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { findWhoAbandoned } from "../../clients/azure-devops/pull-request-threads.ts";
import { getPullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { parseRejection, rejectionProperty } from "../../core/run/rejection.ts";
import { TerminalError } from "../../core/errors.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { Target } from "../../core/gate/gate-input.ts";
import { indexPath, inFolder } from "../../core/render/ownership-index.ts";
import type { Connector } from "../connector.ts";
import type { OpenWait } from "./open-wait.ts";

/** What a wait is about, from git and the pull request, never from the letter. */
export async function readTarget(
  { ado }: Pick<Connector, "ado">,
  open: OpenWait,
  /** Where it was read just now. */
  then?: PullRequest,
): Promise<Target> {
  const { repository, wait, pullRequest, environment } = open;
  const repo = repository.ref;
  if (pullRequest !== undefined) {
    const found = then ?? (await getPullRequest(ado, { repo, id: pullRequest }));
    if (!found) {
      throw new TerminalError(`Failed to read pull request !${pullRequest}: it is not there`, {
        code: "pull-request-missing",
        hint: "Grant the connector's identity Read on the manifests repository.",
      });
    }
    const merge = found.lastMergeCommit?.commitId;
    const onto = found.lastMergeTargetCommit?.commitId;
    const { status, mergeStatus, isDraft, targetRefName: ref } = found;
    const into = ref === `refs/heads/${repository.config.branch}` ? undefined : shortName(ref);
    return {
      kind: "pull-request",
      id: pullRequest,
      state: status === "completed" || status === "abandoned" ? status : "active",
      ...(status === "completed" && merge !== undefined ? { commit: merge } : {}),
      ...(status === "completed" && onto !== undefined ? { onto } : {}),
      ...(into === undefined ? {} : { into }),
      ...(mergeStatus === "conflicts" ? { conflicts: true } : {}),
      ...(isDraft === true ? { draft: true } : {}),
      ...(status === "abandoned" ? { abandoned: await findWhyAbandoned(ado, open) } : {}),
    };
  }
  if (!open.unchanged) return { kind: "commit", commit: wait.carrier };
  // Operation `none`: an empty commit on what the target branch was then.
  const carrier = await getCommit(ado, { repo, commit: wait.carrier });
  const parent = carrier?.parents?.[0];
  const path = inFolder(environment.path, indexPath(wait.delivery));
  const [last] = parent === undefined ? [] : await repository.history(parent, path);
  return { kind: "unchanged", ...(last === undefined ? {} : { commit: last }) };
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}

// The hub leaves the reason of a rejection on the pull request.
async function findWhyAbandoned(
  ado: Connector["ado"],
  { repository, pullRequest = 0 }: OpenWait,
): Promise<string> {
  const at = { repo: repository.ref, id: pullRequest };
  const rejection = parseRejection((await getProperties(ado, at))[rejectionProperty]);
  if (rejection) return `rejected by ${rejection.by}: ${rejection.reason}`;
  return `by ${(await findWhoAbandoned(ado, at)) ?? "somebody"}`;
}
