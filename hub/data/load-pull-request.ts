import { getBuild } from "../../clients/azure-devops/builds.ts";
import { getCommit, readMergeBase } from "../../clients/azure-devops/commits.ts";
import type { Extension } from "../../core/extension.ts";
import {
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
import { parseRunBranch } from "../../core/run/branch.ts";
import { parseRunRecord, runRecordProperty } from "../../core/run/record.ts";
import { type CommitTrailers, parseTrailers } from "../../core/run/trailers.ts";
import type { Build, CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import { parseRunUrl } from "../../core/azure-devops/urls.ts";
import { parseViewed, viewedProperty } from "../../core/run/viewed-record.ts";
import { parseVoteRecords, type VoteRecord } from "../../core/run/vote-record.ts";
import { TerminalError } from "../../core/errors.ts";
import { byConnectors, connectorsOf } from "../view/connector-statuses.ts";
import { loadSnapshots } from "./load-snapshots.ts";

/** What is compared: `before` is the target as it is, `after` as it would be. */
export type Comparison = {
  /** Head of the source branch that it was made of. */
  readonly source: string;
  readonly before: string;
  readonly after: string;
  /** `merge`: exactly what merging gives; `source`: the source branch since it left the target. */
  readonly basis: "merge" | "source";
};

/** All that changes while somebody looks at a pull request; cheap enough to be read again. */
export type PullRequestFacts = {
  readonly pullRequest: PullRequest;
  readonly me: { readonly id: string; readonly name: string };
  /** Undefined for pull requests that no run of ours made. */
  readonly target: { readonly delivery: string; readonly environment: string } | undefined;
  readonly trailers: CommitTrailers | undefined;
  /** The run that made it; undefined when it is gone, or may not be seen. */
  readonly build: Build | undefined;
  /** Of the source commit: the letters. */
  readonly letters: readonly CommitStatus[];
  /** Of the merge, once completed. */
  readonly deployment: readonly CommitStatus[];
  /** Whether it could be read whose statuses count; else those of anybody are among them. */
  readonly reportersRead: boolean;
  readonly rejection: Rejection | undefined;
  /** Marks of the objects that this user has ticked as viewed. */
  readonly viewed: ReadonlySet<string>;
  /** What was on the screen of who voted here, by identity in lower case. */
  readonly voteRecords: ReadonlyMap<string, VoteRecord>;
  /** By name, of an abandoned one; undefined where the service does not tell. */
  readonly abandonedBy: string | undefined;
  /** Undefined while the service works out the merge. */
  readonly comparison: Comparison | undefined;
};

type Of = {
  readonly repo: RepositoryRef;
  readonly id: number;
  readonly extension: Extension;
};

/** @throws TerminalError when there is no such pull request, or this user may not see it. */
export async function loadPullRequest(
  ado: AzureDevOps,
  { repo, id, extension }: Of,
): Promise<PullRequestFacts> {
  const [pullRequest, properties, who, connectors] = await Promise.all([
    getPullRequest(ado, { repo, id }),
    getProperties(ado, { repo, id }),
    readConnectionData(ado),
    // Without the extension's documents it is not known whose statuses count.
    loadSnapshots(ado, extension).then(connectorsOf, () => undefined),
  ]);
  if (pullRequest === undefined) {
    throw new TerminalError(`Failed to show pull request !${id}: you cannot see it`, {
      code: "pull-request-not-found",
      hint: "Ask for the right to read its repository.",
    });
  }
  const source = pullRequest.lastMergeSourceCommit?.commitId;
  const merge =
    pullRequest.status === "completed" ? pullRequest.lastMergeCommit?.commitId : undefined;
  const [commit, letters, deployment, comparison, abandonedBy] = await Promise.all([
    source === undefined ? undefined : getCommit(ado, { repo, commit: source }),
    source === undefined ? [] : listStatuses(ado, { repo, commit: source }),
    merge === undefined ? [] : listStatuses(ado, { repo, commit: merge }),
    comparisonOf(ado, { repo, pullRequest }),
    pullRequest.status === "abandoned" ? findWhoAbandoned(ado, { repo, id }) : undefined,
  ]);
  const trailers = parseTrailers(commit?.comment ?? "");
  const record = parseRunRecord(properties[runRecordProperty]);
  const branch = parseRunBranch(pullRequest.sourceRefName);
  const run = parseRunUrl(trailers?.run ?? "");
  const build = branch?.build ?? run?.build;
  const project = run?.project ?? repo.project;
  return {
    pullRequest,
    me: { id: who.authenticatedUser.id, name: who.authenticatedUser.providerDisplayName },
    target: branch ?? trailers ?? record,
    trailers,
    build: build === undefined ? undefined : await visibleBuild(ado, { project, build }),
    letters: byConnectors(letters, connectors ?? nobody),
    deployment: byConnectors(deployment, connectors ?? nobody),
    reportersRead: connectors !== undefined,
    rejection: parseRejection(properties[rejectionProperty]),
    voteRecords: parseVoteRecords(properties),
    viewed: parseViewed(properties[viewedProperty(who.authenticatedUser.id)]),
    abandonedBy,
    comparison,
  };
}

const nobody = new Set<string>();

// Whoever may review manifests need not see the code's project.
function visibleBuild(ado: AzureDevOps, of: { readonly project: string; readonly build: number }) {
  return getBuild(ado, of).catch(() => undefined);
}

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
