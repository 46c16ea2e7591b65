import * as React from "react";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { fileAddress, pullRequestAddress, shortBranch } from "../../addresses.ts";
import { Person } from "../../components/avatar.tsx";
import { Refusals } from "../../components/action-button.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { TabLinks } from "../../components/tab-links.tsx";
import { When } from "../../components/when.tsx";
import { ContributedFrame } from "../../extension/contributed-frame.tsx";
import { contributionsAt } from "../../extension/contributions.ts";
import { refusalOf } from "../../rights.ts";
import { useLive } from "../../use-live.ts";
import type { RepositoryPageProps } from "../page-props.ts";
import { PullRequestActions } from "./pull-request-actions.tsx";
import { PullRequestCommits } from "./pull-request-commits.tsx";
import { loadPullRequest } from "./pull-request-facts.ts";
import { PullRequestFiles } from "./pull-request-files.tsx";
import { PullRequestOverview } from "./pull-request-overview.tsx";
import { PullRequestState } from "./pull-request-state.tsx";

export function PullRequestPage(
  props: RepositoryPageProps & { readonly id: number; readonly tab: string },
) {
  const { project, base, repository, id, tab, manifest, rights } = props;
  const url = `${project}/_apis/git/repositories/${encodeURIComponent(repository)}/pullrequests/${id}`;
  const [error, setError] = React.useState<string>();
  const live = useLive(() => loadPullRequest(project, url), { key: url });
  const address = pullRequestAddress(base, repository, id);
  const contributed = contributionsAt(manifest, {
    type: "ms.vss-web.tab",
    target: "ms.vss-code-web.pr-tabs",
  });
  const contribution = contributed.find((each) => each.id === tab);
  const act = (work: () => Promise<unknown>) => {
    setError(undefined);
    work().then(live.refresh, (failure: Error) => setError(failure.message));
  };
  const facts = live.value;
  const branchLink = (ref: string) =>
    fileAddress(base, repository, { path: "/", branch: shortBranch(ref) });
  return (
    <>
      <PageHead
        title={facts ? `!${id} ${facts.pullRequest.title}` : `Pull request !${id}`}
        area={`${repository} - Repos`}
        heading={
          <>
            <span className="portal-quiet">!{id}</span> {facts?.pullRequest.title ?? ""}
          </>
        }
        below={
          facts && (
            <span className="portal-facts">
              <PullRequestState pullRequest={facts.pullRequest} />
              <Person name={facts.pullRequest.createdBy.displayName} />
              <span>
                <a href={branchLink(facts.pullRequest.sourceRefName)}>
                  {shortBranch(facts.pullRequest.sourceRefName)}
                </a>{" "}
                into{" "}
                <a href={branchLink(facts.pullRequest.targetRefName)}>
                  {shortBranch(facts.pullRequest.targetRefName)}
                </a>
              </span>
              <When date={facts.pullRequest.creationDate} />
              {facts.labels.map((name) => (
                <span key={name} className="portal-tag">
                  {name}
                </span>
              ))}
            </span>
          )
        }
        actions={facts && <PullRequestActions {...{ url, act, rights }} {...facts} />}
      >
        {facts?.pullRequest.status !== "completed" && (
          <Refusals
            reasons={[refusalOf(rights, "contribute"), refusalOf(rights, "pullRequests")]}
          />
        )}
        <TabLinks
          label="Pull request"
          tabs={[
            { name: "Overview", href: address, selected: tab === "overview" },
            { name: "Files", href: `${address}?_a=files`, selected: tab === "files" },
            { name: "Commits", href: `${address}?_a=commits`, selected: tab === "commits" },
            ...contributed.map((one) => ({
              name: one.name,
              href: `${address}?_a=${one.id}`,
              selected: tab === one.id,
            })),
          ]}
        />
      </PageHead>
      {error !== undefined && (
        <MessageCard
          severity={MessageCardSeverity.Error}
          role="alert"
          className="portal-message"
          onDismiss={() => setError(undefined)}
        >
          {error}
        </MessageCard>
      )}
      <Loaded live={live}>
        {(loaded) =>
          contribution !== undefined ? (
            <ContributedFrame
              contribution={contribution}
              project={project}
              configuration={{
                pullRequestId: id,
                repositoryId: loaded.pullRequest.repository.id,
                project: loaded.pullRequest.repository.project,
              }}
            />
          ) : tab === "files" ? (
            <PullRequestFiles {...props} {...loaded} url={url} act={act} />
          ) : tab === "commits" ? (
            <PullRequestCommits {...props} {...loaded} url={url} />
          ) : (
            <PullRequestOverview {...props} {...loaded} url={url} act={act} />
          )
        }
      </Loaded>
    </>
  );
}
