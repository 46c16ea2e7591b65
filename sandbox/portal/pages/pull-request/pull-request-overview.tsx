import * as React from "react";
import { Card } from "../../components/card.tsx";
import { CommitStatuses } from "../../components/commit-statuses.tsx";
import { Sha } from "../../components/sha.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import type { PullRequest } from "../../rest-types.ts";
import { refusalOf } from "../../rights.ts";
import type { RepositoryPageProps } from "../page-props.ts";
import { WorkItemLinks } from "../work-items/work-item-links.tsx";
import { Conversation } from "./conversation.tsx";
import { Description } from "./description.tsx";
import { PolicyCard } from "./policy-card.tsx";
import type { PullRequestFacts } from "./pull-request-facts.ts";
import { ReviewersCard } from "./reviewers-card.tsx";

/** Whether it can be completed, what it says, who looked at it and what was said about it. */
export function PullRequestOverview(
  props: RepositoryPageProps &
    PullRequestFacts & {
      readonly url: string;
      readonly act: (work: () => Promise<unknown>) => void;
    },
) {
  const { pullRequest, threads, policies, url, act, project, base, repository, rights } = props;
  const head = pullRequest.lastMergeSourceCommit?.commitId;
  const merged =
    pullRequest.status === "completed" ? pullRequest.lastMergeCommit?.commitId : undefined;
  const at = { project, base, repository };
  const refusal = refusalOf(rights, "pullRequests");
  return (
    <div className="portal-two-columns">
      <div>
        <MergeCard pullRequest={pullRequest} merged={merged} at={at} />
        <PolicyCard base={base} policies={policies} />
        <Description {...{ pullRequest, url, act, refusal }} />
        <Conversation {...{ threads, url, act, refusal }} />
      </div>
      <div>
        <ReviewersCard reviewers={pullRequest.reviewers} />
        <WorkItemLinks base={base} refs={pullRequest.workItemRefs ?? []} />
        {merged !== undefined && (
          <Card title="Statuses of the merge" aside={<Sha {...at} commit={merged} />}>
            <CommitStatuses {...at} commit={merged} narrow={true} />
          </Card>
        )}
        {head !== undefined && (
          <Card title="Statuses of the branch" aside={<Sha {...at} commit={head} />}>
            <CommitStatuses {...at} commit={head} narrow={true} />
          </Card>
        )}
      </div>
    </div>
  );
}

function MergeCard(props: {
  readonly pullRequest: PullRequest;
  readonly merged: string | undefined;
  readonly at: { readonly base: string; readonly repository: string };
}) {
  const { pullRequest, merged, at } = props;
  return (
    <Card>
      <div role="status" className="portal-merge">
        <MergeText pullRequest={pullRequest} />
        {merged !== undefined && (
          <span>
            {" "}
            as <Sha {...at} commit={merged} />
          </span>
        )}
      </div>
    </Card>
  );
}

function MergeText({ pullRequest }: { readonly pullRequest: PullRequest }) {
  const { status, mergeStatus, mergeFailureMessage, closedBy } = pullRequest;
  const by = closedBy ? ` by ${closedBy.displayName}` : "";
  if (status === "completed") return <StateMark state="succeeded" text={`Merged${by}`} />;
  if (status === "abandoned") return <StateMark state="abandoned" text={`Abandoned${by}`} />;
  switch (mergeStatus) {
    case "conflicts":
      return (
        <StateMark
          state="failed"
          text={mergeFailureMessage ?? "The branches conflict: nothing can be merged."}
        />
      );
    case "rejectedByPolicy":
    case "failure":
      return <StateMark state="failed" text={mergeFailureMessage ?? "The merge was refused."} />;
    case "succeeded":
      return <StateMark state="succeeded" text="No merge conflicts" />;
    default:
      return <StateMark state="inProgress" text="The merge is being tried" />;
  }
}
