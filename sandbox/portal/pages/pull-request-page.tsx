import * as React from "react";
import { Loaded } from "../components/loaded.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { ContributedFrame } from "../extension/contributed-frame.tsx";
import { contributionsAt } from "../extension/contributions.ts";
import { call } from "../rest.ts";
import type { PullRequest } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";
import { PullRequestOverview } from "./pull-request-overview.tsx";

const tabsTarget = "ms.vss-code-web.pr-tabs";

export function PullRequestPage(
  props: PageProps & { repository: string; id: number; tab: string },
) {
  const { project, base, repository, id, tab, manifest } = props;
  const url = `${project}/_apis/git/repositories/${repository}/pullrequests/${id}`;
  const live = useLive(() => call<PullRequest>(url), { key: url });
  const tabs = contributionsAt(manifest, tabsTarget);
  const contribution = tabs.find((each) => each.id === tab);
  const address = `${base}/_git/${encodeURIComponent(repository)}/pullrequest/${id}`;
  return (
    <Loaded live={live}>
      {(pullRequest) => (
        <>
          <h1>
            !{id} {pullRequest.title}
          </h1>
          <p className="flex-row rhythm-horizontal-16">
            <StateMark state={pullRequest.status} />
            <span>
              {branch(pullRequest.sourceRefName)} into {branch(pullRequest.targetRefName)} of{" "}
              {repository}, by {pullRequest.createdBy.displayName}
            </span>
          </p>
          <nav className="portal-tabs" aria-label="Pull request">
            <a href={address} aria-current={tab === "overview" ? "page" : undefined}>
              Overview
            </a>
            {tabs.map(({ id: other, name }) => (
              <a
                key={other}
                href={`${address}?_a=${other}`}
                aria-current={tab === other ? "page" : undefined}
              >
                {name}
              </a>
            ))}
          </nav>
          {contribution === undefined ? (
            <PullRequestOverview
              {...{ project, base, manifest, pullRequest, url }}
              refresh={live.refresh}
              repository={repository}
            />
          ) : (
            <ContributedFrame
              contribution={contribution}
              project={project}
              configuration={{ pullRequestId: id, repositoryId: pullRequest.repository.id }}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

function branch(ref: string): string {
  return ref.replace("refs/heads/", "");
}
