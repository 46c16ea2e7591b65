import * as React from "react";
import { render } from "react-dom";
import "azure-devops-ui/Core/override.css";
import "./portal.scss";
import { Frame } from "./components/frame.tsx";
import { ContributedFrame } from "./extension/contributed-frame.tsx";
import {
  contributionsAt,
  loadManifest,
  type ExtensionManifest,
} from "./extension/contributions.ts";
import { CommitPage } from "./pages/commit-page.tsx";
import { CommitsPage } from "./pages/commits-page.tsx";
import { EnvironmentsPage } from "./pages/environments-page.tsx";
import { FilesPage } from "./pages/files-page.tsx";
import type { PageProps } from "./pages/page-props.ts";
import { PullRequestPage } from "./pages/pull-request-page.tsx";
import { PullRequestsPage } from "./pages/pull-requests-page.tsx";
import { RepositoriesPage } from "./pages/repositories-page.tsx";
import { RunPage } from "./pages/run-page.tsx";
import { RunsPage } from "./pages/runs-page.tsx";
import { parseLocation, type Location, type Page } from "./route.ts";
import { list } from "./rest.ts";
import type { Repository } from "./rest-types.ts";
import { applyTheme } from "./themes.ts";

const hubGroups = {
  Repos: "ms.vss-code-web.code-hub-group",
  Pipelines: "ms.vss-build-web.build-release-hub-group",
};

async function start(): Promise<void> {
  applyTheme(document.documentElement);
  const at = parseLocation(location.pathname, location.search);
  if (at.project === undefined) return openFirstProject(at);
  const base = `/${at.organisation}/${encodeURIComponent(at.project)}`;
  const [manifest, repositories] = await Promise.all([
    loadManifest(),
    list<Repository>(`${at.project}/_apis/git/repositories`),
  ]);
  document.title = `${at.project} - Fluxgate sandbox`;
  render(
    <Frame title={`${at.organisation} / ${at.project}`} menu={menuOf(base, repositories, manifest)}>
      <PageView page={at.page} project={at.project} base={base} manifest={manifest} />
    </Frame>,
    document.getElementById("root"),
  );
}

async function openFirstProject({ organisation }: Location): Promise<void> {
  const projects = await list<{ name: string }>("_apis/projects");
  const first = projects[0]?.name;
  if (first) location.replace(`/${organisation}/${encodeURIComponent(first)}/_build`);
}

function menuOf(
  base: string,
  repositories: readonly Repository[],
  manifest: ExtensionManifest | undefined,
) {
  const hubs = (target: string) =>
    contributionsAt(manifest, target).map(({ id, name }) => ({
      name,
      href: `${base}/_apps/hub/${id}`,
    }));
  return [
    {
      group: "Repos",
      entries: [
        ...repositories.map(({ name }) => ({
          name,
          href: `${base}/_git/${encodeURIComponent(name)}`,
        })),
        ...hubs(hubGroups.Repos),
      ],
    },
    {
      group: "Pipelines",
      entries: [
        { name: "Runs", href: `${base}/_build` },
        { name: "Azure DevOps environments", href: `${base}/_environments` },
        ...hubs(hubGroups.Pipelines),
      ],
    },
  ];
}

function PageView({ page, ...props }: PageProps & { page: Page }) {
  switch (page.kind) {
    case "repositories":
      return <RepositoriesPage {...props} />;
    case "files":
      return <FilesPage {...props} {...page} />;
    case "commits":
      return <CommitsPage {...props} {...page} />;
    case "commit":
      return <CommitPage {...props} {...page} />;
    case "pull-requests":
      return <PullRequestsPage {...props} {...page} />;
    case "pull-request":
      return <PullRequestPage {...props} {...page} />;
    case "runs":
      return <RunsPage {...props} />;
    case "run":
      return <RunPage {...props} {...page} />;
    case "environments":
      return <EnvironmentsPage {...props} />;
    case "hub":
      return <HubPage {...props} id={page.contribution} />;
    case "unknown":
      return <p>The sandbox has no page {page.path}.</p>;
  }
}

function HubPage({ id, project, manifest }: PageProps & { id: string }) {
  const contribution = contributionsAt(manifest, ...Object.values(hubGroups)).find(
    (each) => each.id === id,
  );
  return contribution ? (
    <ContributedFrame contribution={contribution} project={project} configuration={{}} />
  ) : (
    <p>The extension has no page {id}. Build it with: npm run build</p>
  );
}

start().catch((error: Error) => {
  const root = document.getElementById("root");
  if (root) root.textContent = `Failed to open the portal: ${error.message}`;
});
