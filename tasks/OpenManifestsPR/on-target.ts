import { readCommitsOnlyIn } from "../../clients/azure-devops/commits.ts";
import { readAttempts } from "../../clients/azure-devops/run-pull-requests.ts";
import {
  normalOrganisationUrl,
  parseRepositoryUrl,
  parseRunUrl,
  type RunAddress,
} from "../../core/azure-devops/urls.ts";
import type { Provenance } from "../../core/render/ownership-index.ts";
import { carrierOf } from "../../core/run/attempts.ts";
import { isNewer, parseSource, type Relation } from "../../core/run/order.ts";
import type { Work } from "./deps.ts";
import { ownSource, readRelation } from "./relation.ts";
import { readRun } from "./read-run.ts";

/** The run whose render the target branch holds. */
export type OnTarget = {
  readonly run: RunAddress;
  /** Newer than this one. */
  readonly newer: boolean;
  /** How its code relates to this run's. */
  readonly relation: Relation;
  /** Code commits that it holds and this run does not, newest first, as `1a2b3c4 subject`. */
  readonly lost: readonly string[];
};

/** @returns undefined when no run of this organisation made what is there. */
export async function readOnTarget(
  work: Work,
  provenance: Provenance | undefined,
): Promise<OnTarget | undefined> {
  const { inputs, start } = work;
  const run = parseRunUrl(provenance?.run ?? "");
  // Build ids are unique in an organisation, so only runs of the same one can be compared.
  const here = normalOrganisationUrl(inputs.run.organisationUrl);
  if (run?.organisationUrl !== here || run.build === inputs.run.build) return undefined;
  const source = sourceText(provenance?.source);
  const relation = source === undefined ? "unknown" : await readRelation(work, source);
  const started = relation === "diverged" ? await readStartOf(work, run) : undefined;
  const own = { build: inputs.run.build, started: start.stage };
  return {
    run,
    relation,
    newer: isNewer(own, { build: run.build, started }, relation),
    lost: relation === "diverged" ? await readLost(work, source) : [],
  };
}

// Provenance names the repository by its git address, trailers by its name.
function sourceText(source: Provenance["source"]): string | undefined {
  if (source === undefined) return undefined;
  const name = parseRepositoryUrl(source.repository)?.repository ?? source.repository;
  return `${name}@${source.commit}`;
}

// Its merge may have taken the branch along; the pull request still names the carrier.
async function readStartOf(work: Work, run: RunAddress): Promise<number | undefined> {
  const { ado, runs, repo, render } = work;
  const attempts = await readAttempts(ado, {
    ...{ repo, delivery: render.delivery, environment: render.environment.name },
    build: run.build,
    started: await readRun(runs, run),
  });
  const commit = attempts.map(carrierOf).findLast((id) => id !== undefined);
  const carrier = commit && (await work.carrier(commit));
  const started = Date.parse((carrier ? carrier.trailers?.started : undefined) ?? "");
  return Number.isNaN(started) ? undefined : started;
}

const mostNamed = 20;

async function readLost(work: Work, source = ""): Promise<readonly string[]> {
  const [own, other] = [ownSource(work), parseSource(source)];
  if (own === undefined || other === undefined) return [];
  const commits = await readCommitsOnlyIn(work.runs, {
    repo: { project: work.inputs.run.project, repository: own.repository },
    ...{ commit: other.commit, without: own.commit, top: mostNamed },
  });
  return commits.map(({ commitId, comment }) => {
    return `${commitId.slice(0, 8)} ${comment.split("\n")[0] ?? ""}`.trim();
  });
}
