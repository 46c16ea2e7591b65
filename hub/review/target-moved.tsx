import * as React from "react";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { mergeAnew } from "../data/decide.ts";
import { reading } from "../data/read.ts";
import type { MovedView } from "../view/target-move.ts";

type State = "idle" | "asking" | "asked" | { readonly error: unknown };

/** That its target is no longer what is compared, and how to have it compared anew. */
export function TargetMoved(props: {
  readonly moved: MovedView;
  readonly repo: RepositoryRef;
  readonly pullRequest: PullRequest;
  /** False: this viewer may not change pull requests. */
  readonly mayAsk: boolean;
  readonly refresh: () => void;
}) {
  const { moved, repo, pullRequest, mayAsk, refresh } = props;
  const { ado } = useHost();
  const [state, setState] = React.useState<State>("idle");
  if (moved.isStale === false) return <p className="fg-secondary">{moved.text}</p>;
  const ask = async () => {
    setState("asking");
    const found = await reading(mergeAnew(ado, { repo, id: pullRequest.pullRequestId }));
    setState("error" in found ? { error: found.error } : "asked");
    refresh();
  };
  const canAsk = moved.mayRenew && mayAsk && (state === "idle" || typeof state === "object");
  const button = { text: "Work out the merge anew", onClick: () => void ask() };
  return (
    <>
      <MessageCard severity={MessageCardSeverity.Warning} buttonProps={canAsk ? [button] : []}>
        {moved.text} {textOf(state)}
        {moved.mayRenew && !mayAsk && "It is worked out anew by whoever may contribute to it."}
      </MessageCard>
      {typeof state === "object" && <Failure error={state.error} />}
    </>
  );
}

function textOf(state: State): string {
  if (state === "asking") return "Asking Azure DevOps to work out the merge anew…";
  if (state !== "asked") return "";
  return "Azure DevOps was asked to work out the merge anew. Where this stays as it is, a push to its branch does that, and Azure DevOps' own page completes it.";
}
