import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { findPullRequestsOfProject } from "../../clients/azure-devops/pull-requests.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Extension } from "../../core/extension.ts";
import { runBranchOf } from "../../core/run/branch.ts";
import { plainError } from "../view/plain-error.ts";
import { namesByText, unreadOf } from "../view/unread.ts";
import { createMemory } from "./memory.ts";
import { reading, valueOf } from "./read.ts";
import { loadPullRequest, type PullRequestFacts } from "./load-pull-request.ts";

export type Awaiting = {
  /** Open pull requests of runs, oldest first: they have waited longest. */
  readonly open: readonly PullRequestFacts[];
  /** How many there are besides, of which not enough could be read to show them. */
  readonly unread: number;
  /** Whether it could be read which there are. */
  readonly listed: boolean;
  /** What could not be read, as sentences. */
  readonly problems: readonly string[];
};

const mostListed = 300;
const mostShown = 50;
const atOnce = 3;

/** All open manifests pull requests of a project that runs have made, as this user may see them. */
export async function loadAwaiting(
  ado: AzureDevOps,
  { project, extension }: { readonly project: string; readonly extension: Extension },
): Promise<Awaiting> {
  const query = { project, status: "active", top: mostListed } as const;
  const found = await reading(findPullRequestsOfProject(ado, query));
  const listed = valueOf(found) ?? [];
  const made = listed
    .filter((one) => runBranchOf(one) !== undefined)
    .sort((a, b) => Date.parse(a.creationDate) - Date.parse(b.creationDate));
  const [heads, memory] = [createMemory(), createMemory()];
  const read = await mapLimited(made.slice(0, mostShown), atOnce, ({ repository, pullRequestId }) =>
    loadPullRequest(ado, {
      repo: { project: repository.project.id, repository: repository.id },
      id: pullRequestId,
      ...{ extension, heads, memory },
    }).catch((error: unknown) => ({ error })),
  );
  const open = read.flatMap((one) => ("error" in one ? [] : [one]));
  return {
    open,
    unread: read.length - open.length,
    listed: "value" in found,
    problems: [
      ...unreadOf("Which pull requests wait", found),
      ...read.flatMap((one) => ("error" in one ? [plainError(one.error)] : [])),
      ...unreadParts(open),
      ...(made.length > mostShown
        ? [`${made.length - mostShown} more wait; the oldest ${mostShown} are shown.`]
        : []),
      ...(listed.length === mostListed
        ? [`Only the newest ${mostListed} open pull requests were looked at.`]
        : []),
    ],
  };
}

/** One sentence for all pull requests that the same stands against. */
function unreadParts(open: readonly PullRequestFacts[]): readonly string[] {
  const parts = open.flatMap(({ unread, pullRequest: { pullRequestId: id } }) =>
    unread.map((text) => ({ name: `!${id}`, text })),
  );
  return [...namesByText(parts)].map(([text, names]) => `${names.join(", ")}: ${text}`);
}
