import * as React from "react";
import { HubPage } from "../extension/hub-page.tsx";
import { Nothing } from "../components/nothing.tsx";
import { PageHead } from "../components/page-head.tsx";
import { BranchesPage } from "../pages/repos/branches-page.tsx";
import { CommitPage } from "../pages/repos/commit-page.tsx";
import { CommitsPage } from "../pages/repos/commits-page.tsx";
import { FilesPage } from "../pages/repos/files-page.tsx";
import { RepositoriesPage } from "../pages/repos/repositories-page.tsx";
import { NewPullRequestPage } from "../pages/pull-request/new-pull-request-page.tsx";
import { PullRequestPage } from "../pages/pull-request/pull-request-page.tsx";
import { PullRequestsPage } from "../pages/pull-request/pull-requests-page.tsx";
import { ApprovalsPage } from "../pages/pipelines/approvals-page.tsx";
import { EnvironmentPage } from "../pages/pipelines/environment-page.tsx";
import { EnvironmentsPage } from "../pages/pipelines/environments-page.tsx";
import { PipelinesPage } from "../pages/pipelines/pipelines-page.tsx";
import { RunPage } from "../pages/pipelines/run-page.tsx";
import { RunsPage } from "../pages/pipelines/runs-page.tsx";
import type { PageProps } from "../pages/page-props.ts";
import { ResourcePage } from "../pages/kubernetes/resource-page.tsx";
import { WorkItemPage } from "../pages/work-items/work-item-page.tsx";
import { DashboardPage } from "../pages/sandbox/dashboard-page.tsx";
import { FaultsPage } from "../pages/sandbox/faults-page.tsx";
import type { Page } from "../route.ts";

export function PageView({ page, ...props }: PageProps & { readonly page: Page }) {
  if ("repository" in page && !knows(props, page.repository)) {
    return <NoPage title={`There is no repository ${page.repository} that you may see`} />;
  }
  switch (page.kind) {
    case "repositories":
      return <RepositoriesPage {...props} />;
    case "files":
      return <FilesPage {...props} {...page} />;
    case "commits":
      return <CommitsPage {...props} {...page} />;
    case "commit":
      return <CommitPage {...props} {...page} />;
    case "branches":
      return <BranchesPage {...props} {...page} />;
    case "pull-requests":
      return <PullRequestsPage {...props} {...page} />;
    case "new-pull-request":
      return <NewPullRequestPage {...props} {...page} />;
    case "pull-request":
      return <PullRequestPage {...props} {...page} />;
    case "pipelines":
      return <PipelinesPage {...props} {...page} />;
    case "runs":
      return <RunsPage {...props} {...page} />;
    case "run":
      return <RunPage {...props} {...page} />;
    case "environments":
      return <EnvironmentsPage {...props} />;
    case "environment":
      return <EnvironmentPage {...props} {...page} />;
    case "kubernetes":
      return <ResourcePage {...props} {...page} />;
    case "work-item":
      return <WorkItemPage {...props} {...page} />;
    case "approvals":
      return <ApprovalsPage {...props} />;
    case "dashboard":
      return <DashboardPage {...props} />;
    case "faults":
      return <FaultsPage />;
    case "hub":
      return <HubPage {...props} id={page.contribution} />;
    case "unknown":
      return <NoPage title={`The sandbox has no page ${page.path}`} />;
    default:
      return page satisfies never;
  }
}

// The service takes a repository's id as well as its name.
function knows({ repositories }: PageProps, wanted: string): boolean {
  return repositories.some(
    ({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase(),
  );
}

function NoPage({ title }: { readonly title: string }) {
  return (
    <>
      <PageHead title="Not found" area="Fluxgate sandbox" />
      <Nothing title={title}>The menu at the side leads to what there is.</Nothing>
    </>
  );
}
