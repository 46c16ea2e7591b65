import * as React from "react";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { useHost } from "../components/host-context.tsx";
import type { MergeStrategy } from "../../clients/azure-devops/merge-strategies.ts";
import { approve, complete, completeLater, publish, reject } from "../data/decide.ts";
import type { Changes } from "../data/use-changes.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";
import { type Act, actErrorText, isReached } from "../view/decision-act.ts";
import { isSaidByVote } from "../view/vote-view.ts";

export type Decision = {
  /** What is being done right now. */
  readonly busy: Act | undefined;
  /** What went wrong, in words. */
  readonly error: string | undefined;
  /** The last thing that was done, as a sentence. */
  readonly done: string | undefined;
  readonly publish: () => void;
  readonly approve: () => void;
  readonly complete: (strategy: MergeStrategy | undefined) => void;
  readonly completeLater: (strategy: MergeStrategy | undefined) => void;
  readonly reject: (reason: string) => void;
};

type State = Pick<Decision, "busy" | "done"> & {
  readonly failed?: { readonly act: Act; readonly error: unknown };
  /** What was approved: it is said only as long as that is what is shown. */
  readonly digest?: string;
};

const idle: State = { busy: undefined, done: undefined };

/** The decisions on what is on screen; afterwards `refresh` reads what came of it. */
export function useDecision(options: {
  readonly repo: RepositoryRef;
  readonly facts: PullRequestFacts;
  /** What is on the screen; undefined until something is compared. */
  readonly shown: Changes | undefined;
  /** Where the target is now, where it got nothing since of what is shown. */
  readonly head: string | undefined;
  readonly refresh: () => void;
}): Decision {
  const { repo, facts, shown, head, refresh } = options;
  const { ado } = useHost();
  const [state, setState] = React.useState<State>(idle);
  const { me, pullRequest } = facts;
  const id = pullRequest.pullRequestId;
  const target = shown?.basis === "merge" ? shown.before : undefined;
  const seen = shown?.source ?? pullRequest.lastMergeSourceCommit?.commitId ?? "";

  const act = (busy: Act, work: () => Promise<void>, done: Pick<State, "done" | "digest">) => {
    setState({ ...idle, busy });
    work()
      .then(
        () => setState({ ...idle, ...done }),
        (error: unknown) => setState({ ...idle, failed: { act: busy, error } }),
      )
      .finally(refresh);
  };
  const { digest: approved, failed } = state;
  const isSo =
    approved === undefined ||
    (approved === shown?.digest && !isSaidByVote(pullRequest, { ...facts, digest: approved }));
  const now = { ...facts, digest: shown?.digest };
  const hasFailed = failed !== undefined && !isReached(failed.act, pullRequest, now);
  return {
    busy: state.busy,
    error: hasFailed ? actErrorText(failed.act, failed.error) : undefined,
    done: isSo ? state.done : undefined,
    publish: () =>
      act("publish", () => publish(ado, { repo, id, seen }), { done: "You published it." }),
    approve: () => {
      if (shown === undefined || me === undefined) return;
      const { digest, source, before, after } = shown;
      const vote = { repo, id, me, seen: { digest, source, before, after } };
      const done = "You approved what is shown here.";
      act("approve", () => approve(ado, vote), { done, digest });
    },
    complete: (strategy) =>
      act("complete", () => complete(ado, { repo, id, seen, target, head, strategy }), {
        done: "Completed.",
      }),
    completeLater: (strategy) => {
      if (me === undefined) return;
      const later = { repo, id, me, seen, target, head, strategy };
      act("completeLater", () => completeLater(ado, later), {
        done: "You set it to complete once its policies are met.",
      });
    },
    reject: (reason) => {
      if (me === undefined) return;
      act("reject", () => reject(ado, { repo, id, me, reason }), { done: "You rejected it." });
    },
  };
}
