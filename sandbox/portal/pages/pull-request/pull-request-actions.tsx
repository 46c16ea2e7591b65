import * as React from "react";
import { MenuButton } from "azure-devops-ui/Menu";
import { ActionButton } from "../../components/action-button.tsx";
import { call } from "../../rest.ts";
import { refusalOf, type Rights } from "../../rights.ts";
import { CompleteDialog } from "./complete-dialog.tsx";
import { blockingReasons } from "./policy-text.ts";
import type { PullRequestFacts } from "./pull-request-facts.ts";
import { castVote, votes, type Vote } from "./votes.ts";

/** What can be done with the pull request as it stands. */
export function PullRequestActions(
  props: PullRequestFacts & {
    readonly url: string;
    readonly rights: Rights | undefined;
    readonly act: (work: () => Promise<unknown>) => void;
  },
) {
  const { pullRequest, policies, url, rights, act } = props;
  const [completing, setCompleting] = React.useState<"now" | "auto">();
  const mayVote = refusalOf(rights, "pullRequests");
  const mayComplete = refusalOf(rights, "contribute");
  const refusesVote =
    mayVote ?? (pullRequest.isDraft ? "Nobody can vote on a draft: publish it first." : undefined);
  const patch = (body: object) =>
    act(() => call(`${url}?api-version=7.1`, { method: "PATCH", body }));
  const { status, isDraft, autoCompleteSetBy } = pullRequest;
  if (status === "completed") return null;
  if (status === "abandoned") {
    return (
      <ActionButton
        text="Reactivate"
        primary={true}
        refusal={mayVote}
        onClick={() => patch({ status: "active" })}
      />
    );
  }
  const blocked =
    pullRequest.mergeStatus === "conflicts"
      ? "The branches have conflicts: they must be resolved first."
      : blockingReasons(policies)[0];
  return (
    <>
      <ActionButton
        text="Approve"
        refusal={refusesVote}
        onClick={() => act(() => castVote(url, 10))}
      />
      <VoteMenu refusal={refusesVote} onVote={(vote) => act(() => castVote(url, vote))} />
      {isDraft ? (
        <ActionButton
          text="Publish"
          primary={true}
          refusal={mayVote}
          onClick={() => patch({ isDraft: false })}
        />
      ) : autoCompleteSetBy ? (
        <ActionButton
          text="Cancel auto-complete"
          refusal={mayComplete}
          onClick={() => patch({ autoCompleteSetBy: { id: noOne } })}
        />
      ) : (
        <>
          <ActionButton
            text="Complete"
            primary={blocked === undefined}
            refusal={mayComplete ?? blocked}
            onClick={() => setCompleting("now")}
          />
          {blocked !== undefined && (
            <ActionButton
              text="Set auto-complete"
              primary={true}
              refusal={mayComplete}
              onClick={() => setCompleting("auto")}
            />
          )}
        </>
      )}
      <ActionButton
        text="Abandon"
        subtle={true}
        refusal={mayVote}
        onClick={() => patch({ status: "abandoned" })}
      />
      {completing !== undefined && (
        <CompleteDialog
          {...{ pullRequest, url }}
          auto={completing === "auto"}
          onCancel={() => setCompleting(undefined)}
          onDone={(work) => {
            setCompleting(undefined);
            act(work);
          }}
        />
      )}
    </>
  );
}

// How the service is told to forget who set auto-complete.
const noOne = "00000000-0000-0000-0000-000000000000";

function VoteMenu(props: {
  readonly refusal: string | undefined;
  readonly onVote: (vote: Vote) => void;
}) {
  return (
    <MenuButton
      text="Vote"
      disabled={props.refusal !== undefined}
      {...(props.refusal === undefined ? {} : { ariaLabel: `Vote: ${props.refusal}` })}
      contextualMenuProps={{
        menuProps: {
          id: "vote",
          items: ([10, 5, -5, -10, 0] as const).map((vote) => ({
            id: `vote${vote}`,
            text: votes[vote].action,
            onActivate: () => props.onVote(vote),
          })),
        },
      }}
    />
  );
}
