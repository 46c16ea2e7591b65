// Is commit X deployed in environment E? The rules are design.md 4.6, one file each.
import { shortRevision } from "../flux/revision.ts";
import { runsFile, viewCluster } from "./cluster-view.ts";
import { decideCluster } from "./decide-cluster.ts";
import type { ClusterVerdict } from "./decide-cluster.ts";
import { firstThatCounts, rememberFailures } from "./grace.ts";
import type { ClusterFacts, GateInput } from "./gate-input.ts";
import { digestsBefore } from "./helm-values.ts";
import type { GateMemory } from "./memory.ts";
import { commitOfTarget, expired, intoText, memoryOf, withoutCommit } from "./target.ts";
import type { GateOutcome, GateVerdict } from "./verdict.ts";

/**
 * What a wait should do now. Pure: the same input and time give the same verdict.
 * @param now ms since 1970
 */
export function decide(input: GateInput, now: number): GateVerdict {
  const memory = memoryOf(input);
  const verdict = undelayed(input, { memory, now });
  if (verdict.kind !== "waiting" || now < input.deadline) return verdict;
  // All holds as far as is known: whether it does is one look away.
  if (verdict.waitingFor === "read-afresh") return verdict;
  return { ...verdict, ...expired(input, verdict.text) };
}

type At = { readonly memory: GateMemory; readonly now: number };

function undelayed(input: GateInput, { memory, now }: At): GateVerdict {
  const commit = commitOfTarget(input);
  if (commit === undefined) return bare(withoutCommit(input), beforeCommit(input, memory));
  if (input.onBranch === "no") return offBranch(input, commit, { memory, now });
  if (input.onBranch === "unknown") {
    const text = `cannot tell whether ${shortRevision(commit)} is on ${input.branch}`;
    const decides = "Decided when Azure DevOps tells";
    return bare({ kind: "waiting", waitingFor: "branch", text, decides }, memory);
  }
  const seen: GateMemory = { ...memory, seenOnBranch: true };
  if (input.newer !== undefined) return bare(supersededBy(input.newer), seen);
  if (input.changed === undefined) {
    const text = `what ${shortRevision(commit)} changed is not known yet`;
    return bare({ kind: "waiting", waitingFor: "changes", text }, seen);
  }
  return inClusters(input, commit, { memory: seen, now });
}

// What releases run before there is an X tells later whether they have looked at it.
function beforeCommit({ clusters, environment }: GateInput, memory: GateMemory): GateMemory {
  let { configDigest } = memory;
  for (const cluster of clusters) {
    if (cluster.silent !== undefined) continue;
    configDigest = { ...configDigest, ...digestsBefore(cluster, environment.name) };
  }
  return { ...memory, configDigest };
}

function bare(outcome: GateOutcome, memory: GateMemory): GateVerdict {
  return { ...outcome, notes: [], progress: [outcome.text], memory };
}

function offBranch(input: GateInput, commit: string, { memory: before, now }: At): GateVerdict {
  const { branch, branchMissing = false, target, grace, fresh } = input;
  const name = shortRevision(commit);
  const wasThere = before.seenOnBranch;
  // One odd answer ends no run.
  if (wasThere && !branchMissing && !fresh) {
    const text = `${name} seems to be no longer on ${branch}: looking once more`;
    return bare({ kind: "waiting", waitingFor: "read-afresh", text }, before);
  }
  if (wasThere && !branchMissing) {
    const text = `${name} is no longer on ${branch}: somebody has rewritten the branch`;
    return bare({ kind: "failed", failure: "force-push", text }, before);
  }
  const text = branchMissing ? absentText(branch, wasThere) : notOnText(input, name);
  // A merge put it on its branch, whoever saw it there; the branch may be read a moment late.
  if (target.kind === "pull-request" || wasThere) {
    const failures = [{ key: "branch", patience: "grace", text }] as const;
    const memory = rememberFailures(before, { failures, recovering: [] }, { now, grace });
    if (firstThatCounts(failures, memory, { now, grace })) {
      return bare({ kind: "failed", failure: "force-push", text }, memory);
    }
    const decides = "Decided when it is found there, or has been missing for longer than the grace";
    return bare({ kind: "waiting", waitingFor: "branch", text, decides }, memory);
  }
  return bare({ kind: "waiting", waitingFor: "branch", text }, before);
}

function absentText(branch: string, wasThere: boolean): string {
  const since = wasThere ? " any more: somebody has deleted or renamed it" : "";
  return `there is no branch ${branch}${since}`;
}

function notOnText({ target, branch }: GateInput, name: string): string {
  if (target.kind !== "pull-request") return `${name} is not on ${branch} yet`;
  const merged = `pull request !${target.id} was merged${intoText(target)} as ${name}`;
  return `${merged}, which is not on ${branch}`;
}

function supersededBy({ run, commit, author }: NonNullable<GateInput["newer"]>): GateOutcome {
  const by = run ?? `${shortRevision(commit)} of ${author}`;
  const rest = run === undefined ? "" : `, whose ${shortRevision(commit)} came after`;
  return { kind: "superseded", by, text: `superseded by ${by}${rest}` };
}

function inClusters(input: GateInput, commit: string, { memory: before, now }: At): GateVerdict {
  const active = input.clusters.filter((cluster) => cluster.active);
  if (active.length === 0) {
    const text = `environment ${input.environment.name} has no active cluster`;
    const decides = "Decided when one is active (clusters[].state, schedule)";
    return bare({ kind: "waiting", waitingFor: "cluster", text, decides }, before);
  }
  const mayLack = input.everything === true || input.partial === true;
  const homeless = mayLack ? undefined : withoutCluster(input, active);
  if (homeless !== undefined) {
    const text = `no active cluster of ${input.environment.name} runs ${homeless} (its paths)`;
    const decides = "Decided when the paths of a cluster take it in (clusters[].paths)";
    return bare({ kind: "waiting", waitingFor: "concerned", text, decides }, before);
  }
  let memory = before;
  const verdicts = active.map((cluster) => {
    const verdict = decideCluster(viewCluster(input, cluster, { commit, now }), memory);
    memory = verdict.memory;
    const name = active.length > 1 ? `${cluster.name}: ` : "";
    return { cluster: cluster.name, name, verdict };
  });
  const failures = verdicts.flatMap(({ name, verdict }) =>
    verdict.failures.map((failure) => ({ ...failure, text: `${name}${failure.text}` })),
  );
  const { grace } = input;
  const recovering = verdicts.flatMap(({ verdict }) => verdict.recovering);
  memory = rememberFailures(memory, { failures, recovering }, { now, grace });
  const counted = firstThatCounts(failures, memory, { now, grace });
  return {
    ...(counted
      ? {
          kind: "failed",
          failure: counted.patience === "none" ? "terminal" : "lasting",
          text: counted.text,
        }
      : allHold(input, commit, verdicts)),
    notes: verdicts.flatMap(({ name, verdict }) => verdict.notes.map((note) => `${name}${note}`)),
    progress: progressOf(verdicts),
    toAsk: verdicts.flatMap(({ cluster, verdict }) =>
      verdict.toAsk.map((release) => ({ cluster, release })),
    ),
    toQuestion: verdicts.flatMap(({ cluster, verdict }) => (verdict.ask ? [cluster] : [])),
    memory,
  };
}

/** A changed file with objects, or any where none has, that all clusters leave out by `paths`. */
function withoutCluster(
  { changed = [] }: GateInput,
  active: readonly ClusterFacts[],
): string | undefined {
  const left = changed.filter((file) => !active.some((cluster) => runsFile(cluster, file)));
  const file = left.find(({ identities }) => identities.length > 0);
  return (file ?? (left.length === changed.length ? left[0] : undefined))?.path;
}

type Named = { readonly name: string; readonly verdict: ClusterVerdict };

function allHold(input: GateInput, commit: string, verdicts: readonly Named[]): GateOutcome {
  for (const { name, verdict } of verdicts) {
    for (const { subject, step } of verdict.findings) {
      if (step.ok) continue;
      const { waitingFor, decides } = step;
      const text = `${name}${subject}: ${step.text}`;
      return { kind: "waiting", waitingFor, text, ...(decides === undefined ? {} : { decides }) };
    }
  }
  const where = `${shortRevision(commit)} is deployed in ${input.environment.name}`;
  if (input.fresh) return { kind: "succeeded", text: `${where} and healthy` };
  return { kind: "waiting", waitingFor: "read-afresh", text: `${where}: looking once more` };
}

function progressOf(verdicts: readonly Named[]): readonly string[] {
  return verdicts.flatMap(({ name, verdict }) =>
    verdict.findings.map(({ subject, step }) => `${name}${subject}: ${step.text}`),
  );
}
