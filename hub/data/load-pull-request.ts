import { getBuild } from "../../clients/azure-devops/builds.ts";
import { getCommit, readMergeBase } from "../../clients/azure-devops/commits.ts";
import type { Extension } from "../../core/extension.ts";
import {
  oddAnswer,
  takeOrAbsent,
  type AzureDevOps,
  type RepositoryRef,
} from "../../clients/azure-devops/connection.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import { getProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { findWhoAbandoned } from "../../clients/azure-devops/pull-request-threads.ts";
import { getPullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { parseRejection, type Rejection, rejectionProperty } from "../../core/run/rejection.ts";
import { type RunBranch, runBranchOf } from "../../core/run/branch.ts";
import { parseLetter } from "../../core/run/letter.ts";
import { parseRunRecord, runRecordProperty } from "../../core/run/record.ts";
import { type CommitTrailers, parseTrailers } from "../../core/run/trailers.ts";
import type { Build, Commit, CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import { parseRunUrl } from "../../core/azure-devops/urls.ts";
import { parseViewed, viewedProperty } from "../../core/run/viewed-record.ts";
import { parseVoteRecords, type VoteRecord } from "../../core/run/vote-record.ts";
import { TerminalError } from "../../core/errors.ts";
import { byConnectors, connectorsOf } from "../view/connector-statuses.ts";
import { unreadOf } from "../view/unread.ts";
import { loadSnapshots } from "./load-snapshots.ts";
import { loadHasBranch } from "./load-source-branch.ts";
import { loadTargetMove, type TargetMove } from "./load-target-move.ts";
import { createMemory, type Memory } from "./memory.ts";
import { nameFailure } from "./name-failure.ts";
import { type Read, reading, takeVisible, valueOf } from "./read.ts";

/** What is compared: `before` is the target as it is, `after` as it would be. */
export type Comparison = {
  /** Head of the source branch that it was made of. */
  readonly source: string;
  readonly before: string;
  readonly after: string;
  /** `merge`: exactly what merging gives; `source`: the source branch since it left the target. */
  readonly basis: "merge" | "source";
};

/** Who looks. */
export type Viewer = { readonly id: string; readonly name: string };

/** All that changes while somebody looks at a pull request; cheap enough to be read again. */
export type PullRequestFacts = {
  readonly pullRequest: PullRequest;
  /** Undefined where it could not be read who the viewer is. */
  readonly me: Viewer | undefined;
  /** Undefined for pull requests that no run of ours made. */
  readonly target: { readonly delivery: string; readonly environment: string } | undefined;
  readonly trailers: CommitTrailers | undefined;
  /** The run that made it; undefined when it is gone, may not be seen, or was not read. */
  readonly build: Build | undefined;
  /** Of the source commit, and of the one that the run made: the letters; undefined: not read. */
  readonly letters: readonly CommitStatus[] | undefined;
  /** Of the merge, once completed; undefined: not read. */
  readonly deployment: readonly CommitStatus[] | undefined;
  /** Whether it could be read whose statuses count; else those of anybody are among them. */
  readonly reportersRead: boolean;
  readonly rejection: Rejection | undefined;
  /** Marks of the objects that this user has ticked as viewed; undefined: not read. */
  readonly viewed: ReadonlySet<string> | undefined;
  /** What was on the screen of who voted here, by identity in lower case; undefined: not read. */
  readonly voteRecords: ReadonlyMap<string, VoteRecord> | undefined;
  /** By name, of an abandoned one; undefined where the service does not tell. */
  readonly abandonedBy: string | undefined;
  /** Undefined while the service works out the merge, and where it could not be read. */
  readonly comparison: Comparison | undefined;
  /** Why there is nothing to compare, where that is no matter of time. */
  readonly uncompared?: unknown;
  /** Whether its target is still what it was compared with; of an open one. */
  readonly move: Read<TargetMove | undefined>;
  /** Of an open one; undefined: not read, false: deleted, or not for this viewer. */
  readonly hasBranch: boolean | undefined;
  /** Whether all was read that tells which run made it. */
  readonly originRead: boolean;
  /** What could not be read, a sentence each: the rest is shown, and says so where it rests on it. */
  readonly unread: readonly string[];
};

type Of = {
  readonly repo: RepositoryRef;
  readonly id: number;
  readonly extension: Extension;
  /** Told what is compared as soon as that is known: the rest takes a few more answers. */
  readonly onComparison?: (early: EarlyFacts) => void;
  /** Heads of target branches, for one look at several. */
  readonly heads?: Memory;
  /** What cannot change any more between two looks. */
  readonly memory?: Memory;
};

/** What a comparison needs of a pull request. */
export type EarlyFacts = Pick<PullRequestFacts, "pullRequest" | "comparison">;

/** @throws TerminalError when there is no such pull request, or this user may not see it. */
export async function loadPullRequest(
  ado: AzureDevOps,
  { repo, id, extension, onComparison, heads = createMemory(), memory = createMemory() }: Of,
): Promise<PullRequestFacts> {
  const shown = loadShown(ado, { repo, id });
  const compared = reading(
    shown.then(async (pullRequest) => {
      const comparison = await comparisonOf(ado, { repo, pullRequest });
      onComparison?.({ pullRequest, comparison });
      return comparison;
    }),
  );
  const moved = reading(
    shown.then((pullRequest) => loadTargetMove(ado, { repo, pullRequest, heads, memory })),
  );
  const branchRead = reading(
    shown.then((pullRequest) => loadHasBranch(ado, { repo, pullRequest, heads })),
  );
  const [pullRequest, properties, who, connectors] = await Promise.all([
    shown,
    reading(getProperties(ado, { repo, id })),
    reading(readConnectionData(ado)),
    // Without the extension's documents it is not known whose statuses count.
    loadSnapshots(ado, extension).then(connectorsOf, () => undefined),
  ]);
  const source = pullRequest.lastMergeSourceCommit?.commitId;
  const merge =
    pullRequest.status === "completed" ? pullRequest.lastMergeCommit?.commitId : undefined;
  const statusesOf = (commit: string | undefined) =>
    reading(commit === undefined ? Promise.resolve([]) : listStatuses(ado, { repo, commit }));
  const isAbandoned = pullRequest.status === "abandoned";
  const kept = valueOf(properties);
  const record = parseRunRecord(kept?.[runRecordProperty]);
  const branch = runBranchOf(pullRequest);
  // A push onto the run's branch takes its wait away from nobody: the letter stays on what it made.
  const carried = record?.commit === source ? undefined : record?.commit;
  const [commit, onHead, onCarrier, deployment, comparison, abandonedBy] = await Promise.all([
    reading(source === undefined ? noThing : getHead(ado, { repo, commit: source })),
    statusesOf(source),
    reading(loadCarried(ado, { repo, branch, commit: carried })),
    statusesOf(merge),
    compared,
    reading(isAbandoned ? findWhoAbandoned(ado, { repo, id }) : noThing),
  ]);
  const trailers = parseTrailers(valueOf(commit)?.comment ?? "");
  const run = parseRunUrl(trailers?.run ?? "");
  const number = branch?.build ?? run?.build;
  const project = run?.project ?? repo.project;
  const build = await reading(
    // Whoever may review manifests need not see the code's project.
    number === undefined ? noThing : takeVisible(getBuild(ado, { project, build: number })),
  );
  const user = valueOf(who)?.authenticatedUser;
  const me = user && { id: user.id, name: user.providerDisplayName };
  const said = (statuses: Read<readonly CommitStatus[]>) =>
    "value" in statuses ? byConnectors(statuses.value, connectors ?? nobody) : undefined;
  return {
    pullRequest,
    me,
    target: branch ?? trailers ?? record,
    trailers,
    build: valueOf(build),
    letters: lettersOf(said(onHead), said(onCarrier)),
    deployment: said(deployment),
    reportersRead: connectors !== undefined,
    rejection: parseRejection(kept?.[rejectionProperty]),
    voteRecords: kept && parseVoteRecords(kept),
    viewed: kept && me && parseViewed(kept[viewedProperty(me.id)]),
    abandonedBy: valueOf(abandonedBy),
    comparison: valueOf(comparison),
    move: await moved,
    hasBranch: valueOf(await branchRead),
    ...("error" in comparison ? { uncompared: comparison.error } : {}),
    originRead: "value" in commit && "value" in properties && "value" in build,
    unread: [
      ...unreadOf("Who you are", who),
      ...unreadOf("What is kept with it (votes, ticks, the run that made it)", properties),
      ...unreadOf("The commit at the head of its branch", commit),
      ...unreadOf("Whether its branch is still there", await branchRead),
      ...unreadOf("Which run waits for it", "error" in onHead ? onHead : onCarrier),
      ...unreadOf("What connectors say of its merge", deployment),
      ...unreadOf("The run that made it", build),
      ...unreadOf("Who abandoned it", abandonedBy),
    ],
  };
}

async function loadShown(
  ado: AzureDevOps,
  { repo, id }: Pick<Of, "repo" | "id">,
): Promise<PullRequest> {
  const found = await nameFailure(`Pull request !${id}`, getPullRequest(ado, { repo, id }));
  if (found !== undefined) return found;
  throw new TerminalError(`Failed to show pull request !${id}: you cannot see it`, {
    code: "pull-request-not-found",
    hint: "Ask for the right to read its repository.",
  });
}

// Anybody who may contribute can write the record: what lies there counts only as this run's.
async function loadCarried(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly branch: RunBranch | undefined;
    readonly commit: string | undefined;
  },
): Promise<readonly CommitStatus[]> {
  const { repo, branch, commit = "" } = of;
  if (branch === undefined || !/^[0-9a-f]{40}$/.test(commit)) return [];
  const found = (await takeOrAbsent(listStatuses(ado, { repo, commit }))) ?? [];
  return found.filter((status) => parseLetter(status)?.task.build === branch.build);
}

function lettersOf(...said: readonly (readonly CommitStatus[] | undefined)[]) {
  const read = said.flatMap((one) => (one === undefined ? [] : [one]));
  return read.length === said.length ? read.flat() : undefined;
}

const nobody = new Set<string>();
const noThing = Promise.resolve(undefined);

// It is what the service calls the head: that it is nowhere is no answer.
async function getHead(
  ado: AzureDevOps,
  of: { readonly repo: RepositoryRef; readonly commit: string },
): Promise<Commit> {
  const found = await getCommit(ado, of);
  if (found === undefined) throw oddAnswer(`commit ${of.commit} is not there`);
  return found;
}

// Whether the merge is worked out anew when only the target moves is UNVERIFIED (docs/unverified.md,
// 37): `move` tells where it was not.
async function comparisonOf(
  ado: AzureDevOps,
  { repo, pullRequest }: { readonly repo: RepositoryRef; readonly pullRequest: PullRequest },
): Promise<Comparison | undefined> {
  const source = pullRequest.lastMergeSourceCommit?.commitId;
  const target = pullRequest.lastMergeTargetCommit?.commitId;
  const merge = pullRequest.lastMergeCommit?.commitId;
  if (target === undefined || source === undefined) return undefined;
  const { mergeStatus } = pullRequest;
  if (merge !== undefined && (mergeStatus === "succeeded" || mergeStatus === "rejectedByPolicy")) {
    return { source, before: target, after: merge, basis: "merge" };
  }
  if (mergeStatus === "queued") return undefined;
  const base = await takeOrAbsent(readMergeBase(ado, { repo, a: target, b: source }));
  return { source, before: base ?? target, after: source, basis: "source" };
}
