import * as React from "react";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { useHost } from "../components/host-context.tsx";
import type { MergeStrategy } from "../../clients/azure-devops/merge-strategies.ts";
import { approve, complete, completeLater, publish, reject } from "../data/decide.ts";
import type { Changes } from "../data/use-changes.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";

export type Decision = {
  /** What is being done right now. */
  readonly busy: "publish" | "approve" | "complete" | "completeLater" | "reject" | undefined;
  readonly error: unknown;
  /** The last thing that was done, as a sentence. */
  readonly done: string | undefined;
  readonly publish: () => void;
  readonly approve: () => void;
  readonly complete: (strategy: MergeStrategy | undefined) => void;
  readonly completeLater: (strategy: MergeStrategy | undefined) => void;
  readonly reject: (reason: string) => void;
};

/** The decisions on what is on screen; afterwards `refresh` reads what came of it. */
export function useDecision(options: {
  readonly repo: RepositoryRef;
  readonly facts: PullRequestFacts;
  /** What is on the screen; undefined until something is compared. */
  readonly shown: Changes | undefined;
  readonly refresh: () => void;
}): Decision {
  const { repo, facts, shown, refresh } = options;
  const { ado } = useHost();
  const [state, setState] = React.useState<Pick<Decision, "busy" | "error" | "done">>({
    busy: undefined,
    error: undefined,
    done: undefined,
  });
  const { me, pullRequest } = facts;
  const id = pullRequest.pullRequestId;
  const target = shown?.basis === "merge" ? shown.before : undefined;
  const seen = shown?.source ?? pullRequest.lastMergeSourceCommit?.commitId ?? "";

  const act = (busy: NonNullable<Decision["busy"]>, work: () => Promise<void>, done: string) => {
    setState({ busy, error: undefined, done: undefined });
    work()
      .then(
        () => setState({ busy: undefined, error: undefined, done }),
        (error: unknown) => setState({ busy: undefined, error, done: undefined }),
      )
      .finally(refresh);
  };
  return {
    ...state,
    publish: () => act("publish", () => publish(ado, { repo, id, seen }), "You published it."),
    approve: () => {
      if (shown === undefined || me === undefined) return;
      const { digest, source, before, after } = shown;
      const vote = { repo, id, me, seen: { digest, source, before, after } };
      act("approve", () => approve(ado, vote), "You approved what is shown here.");
    },
    complete: (strategy) =>
      act("complete", () => complete(ado, { repo, id, seen, target, strategy }), "Completed."),
    completeLater: (strategy) => {
      if (me === undefined) return;
      const later = { repo, id, me, seen, strategy };
      act("completeLater", () => completeLater(ado, later), "You set it to complete by itself.");
    },
    reject: (reason) => {
      if (me === undefined) return;
      act("reject", () => reject(ado, { repo, id, me, reason }), "You rejected it.");
    },
  };
}
