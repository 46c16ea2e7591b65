import * as React from "react";
import { repositoryAddress, pullRequestAddress, shortBranch } from "../../addresses.ts";
import { ActionButton, Refusals } from "../../components/action-button.tsx";
import { Avatar } from "../../components/avatar.tsx";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { TabLinks } from "../../components/tab-links.tsx";
import { When } from "../../components/when.tsx";
import { openPage } from "../../navigation.ts";
import { list } from "../../rest.ts";
import type { PullRequest } from "../../rest-types.ts";
import { refusalOf } from "../../rights.ts";
import { useLive } from "../../use-live.ts";
import type { RepositoryPageProps } from "../page-props.ts";
import { PullRequestState } from "./pull-request-state.tsx";
import { voteText } from "./votes.ts";

const states = ["active", "completed", "abandoned"] as const;

export function PullRequestsPage(props: RepositoryPageProps & { readonly state: string }) {
  const { project, base, repository, rights } = props;
  const state = states.find((known) => known === props.state) ?? "active";
  const url = `${project}/_apis/git/repositories/${encodeURIComponent(repository)}/pullrequests?searchCriteria.status=${state}`;
  const live = useLive(() => list<PullRequest>(url), { key: url });
  const root = repositoryAddress(base, repository);
  const refusal = refusalOf(rights, "pullRequests");
  return (
    <>
      <PageHead
        title="Pull requests"
        area={`${repository} - Repos`}
        actions={
          <ActionButton
            text="New pull request"
            primary={true}
            refusal={refusal}
            onClick={() => openPage(`${root}/pullrequestcreate`)}
          />
        }
      >
        <Refusals reasons={[refusal]} />
        <TabLinks
          label="State of the pull requests"
          tabs={states.map((one) => ({
            name: one.charAt(0).toUpperCase() + one.slice(1),
            href: `${root}/pullrequests?_a=${one}`,
            selected: one === state,
          }))}
        />
      </PageHead>
      <Card flush={true}>
        <Loaded live={live}>
          {(all) =>
            all.length === 0 ? (
              <Nothing title={`No ${state} pull request`}>
                A pipeline opens them, and so can you: edit a file, or use New pull request.
              </Nothing>
            ) : (
              <ul className="portal-requests" aria-label="Pull requests">
                {all.map((one) => (
                  <li key={one.pullRequestId}>
                    <Avatar name={one.createdBy.displayName} />
                    <div>
                      <p>
                        <a href={pullRequestAddress(base, repository, one.pullRequestId)}>
                          {one.title}
                        </a>{" "}
                        {(one.isDraft || one.autoCompleteSetBy) && (
                          <PullRequestState pullRequest={one} />
                        )}
                      </p>
                      <p className="portal-quiet">
                        {one.createdBy.displayName} requested !{one.pullRequestId} from{" "}
                        {shortBranch(one.sourceRefName)} into {shortBranch(one.targetRefName)},{" "}
                        <When date={one.closedDate ?? one.creationDate} />
                      </p>
                    </div>
                    <p className="portal-quiet">{votesOf(one)}</p>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
    </>
  );
}

function votesOf({ reviewers, mergeStatus, status }: PullRequest): string {
  if (status === "active" && mergeStatus === "conflicts") return "Conflicts";
  return reviewers
    .filter(({ vote }) => vote !== 0)
    .map(({ displayName, vote }) => `${displayName}: ${voteText(vote).toLowerCase()}`)
    .join(", ");
}
