import { monotonicNow } from "../../clients/monotonic.ts";
import { readAttempts } from "../../clients/azure-devops/run-pull-requests.ts";
import { readCountingAttempt } from "../../clients/azure-devops/carrier.ts";
import { pullRequestOf } from "../../core/run/attempts.ts";
import { runBranchName } from "../../core/run/branch.ts";
import type { Target } from "../../core/gate/gate-input.ts";
import { commitOfTarget } from "../../core/gate/target.ts";
import type { Connector } from "../connector.ts";
import { hasMovedUnseen } from "../unseen-moves.ts";
import type { OpenWait } from "./open-wait.ts";
import { readTarget } from "./wait-target.ts";

export type TargetReader = {
  /** Is it known for good what the wait is about? */
  readonly isKnown: () => boolean;
  /** Looks whether it is known now. */
  readonly readNow: () => Promise<void>;
  /** Is this the name of its run's branch, and the branch known to hold its merge? */
  readonly sawMergeOf: (branch: string) => boolean;
  /** What the wait is about; read again only when it may have changed. */
  readonly read: () => Promise<Target>;
  /** The runs' branches are now these, name → head. Answers whether that may be news. */
  readonly sawBranches: (heads: ReadonlyMap<string, string>) => boolean;
};

// Without any sign of it a merge or an abandonment is noticed this late.
const longestAgeMs = 120_000;

/** Merges leave signs that are seen anyway: the run's branch goes, the target branch moves. */
export function createTargetReader(
  connector: Pick<Connector, "ado" | "config">,
  open: OpenWait,
): TargetReader {
  const { ado, config } = connector;
  const longest = Math.max(config.timings.look, Math.min(longestAgeMs, 8 * config.timings.letters));
  const { repository, wait } = open;
  let pullRequest = open.pullRequest;
  let known: { readonly target: Target; readonly at: number; readonly head?: string } | undefined;
  let branch: string | undefined;
  let isNews = false;
  let reading: Promise<Target> | undefined;

  function isOld(): boolean {
    if (!known) return true;
    if (isFinal(known.target)) return false;
    const hasMoved = hasMovedUnseen(repository, known.head);
    return isNews || hasMoved || monotonicNow() - known.at >= longest;
  }

  // What a run made has its pull request, if not yet: only then it is a commit like any other.
  function isFinal(target: Target): boolean {
    return (
      commitOfTarget({ target }) !== undefined && !(target.kind === "commit" && open.madeByRun)
    );
  }

  async function findPullRequest(): Promise<void> {
    if (pullRequest !== undefined || !open.madeByRun || open.unchanged) return;
    const { key, delivery, environment } = wait;
    const repo = repository.ref;
    const attempts = await readAttempts(ado, {
      ...{ repo, delivery, environment, build: key.build, started: open.started },
    });
    const counting = await readCountingAttempt(ado, { repo, attempts });
    const into = `refs/heads/${repository.config.branch}`;
    pullRequest = counting && pullRequestOf(counting, into)?.pullRequestId;
  }

  // Several looks at one moment share one call.
  function read(): Promise<Target> {
    if (known && !isOld()) return Promise.resolve(known.target);
    reading ??= readAgain().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function readAgain(): Promise<Target> {
    if (known) await findPullRequest();
    isNews = false;
    const head = repository.knownHead();
    const target = await readTarget(
      connector,
      pullRequest === open.pullRequest ? open : { ...open, pullRequest },
      known ? undefined : open.pullRequestThen,
    );
    if (target.kind === "pull-request" && target.commit && target.onto && !target.into) {
      repository.sawMerge({ from: target.onto, to: target.commit });
    }
    const told = branch === "" ? withoutBranch(target) : target;
    known = { target: told, at: monotonicNow(), ...(head === undefined ? {} : { head }) };
    return told;
  }

  const branchName = `refs/heads/${runBranchName({ ...wait, build: wait.key.build, attempt: 1 })}`;
  const isOwn = (name: string) => name === branchName || name.startsWith(`${branchName}-`);
  const isKnown = () => known !== undefined && isFinal(known.target);

  return {
    read,
    isKnown,
    readNow: async () => {
      if (isKnown()) return;
      isNews = true;
      await read();
    },
    sawMergeOf: (branch) => {
      const commit = known && commitOfTarget(known);
      return isOwn(branch) && commit !== undefined && repository.hasArrived(commit);
    },
    sawBranches: (heads) => {
      const now = [...heads]
        .filter(([name]) => isOwn(name))
        .map((one) => one.join("="))
        .join(" ");
      const changed = branch !== undefined && branch !== now;
      branch = now;
      isNews ||= changed;
      return changed;
    },
  };
}

function withoutBranch(target: Target): Target {
  const isOpen = target.kind === "pull-request" && target.state === "active";
  return isOpen ? { ...target, branchless: true } : target;
}
