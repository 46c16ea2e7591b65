import { contributionsAt, type ExtensionManifest } from "../extension/contributions.ts";
import { repositoryAddress } from "../addresses.ts";
import type { Location } from "../route.ts";
import type { Repository } from "../rest-types.ts";
import type { MenuGroup } from "./side-menu.tsx";
import type { Crumb } from "./top-bar.tsx";

/** Where an extension's pages go, by the group of the menu. */
const hubTargets = {
  Repos: "ms.vss-code-web.code-hub-group",
  Pipelines: "ms.vss-build-web.build-release-hub-group",
  Settings: "ms.vss-web.project-admin-hub-group",
} as const;

type Known = {
  readonly at: Location;
  readonly base: string;
  readonly repositories: readonly Repository[];
  readonly manifest: ExtensionManifest | undefined;
};

/** The groups of the menu; its links to files, commits and so on follow the repository shown. */
export function menuOf({ at, base, repositories, manifest }: Known): readonly MenuGroup[] {
  const hubs = (target: string) =>
    contributionsAt(manifest, { type: "ms.vss-web.hub", target }).map(({ id, name }) => ({
      name,
      href: `${base}/_apps/hub/${id}`,
    }));
  const name = repositoryOf(at) ?? repositories[0]?.name;
  const git = name === undefined ? undefined : repositoryAddress(base, name);
  const settings = hubs(hubTargets.Settings);
  const widgets = contributionsAt(manifest, {
    type: "ms.vss-dashboards-web.widget",
    target: "ms.vss-dashboards-web.widget-catalog",
  });
  return [
    ...(widgets.length > 0
      ? [
          {
            group: "Overview",
            icon: "Home",
            entries: [{ name: "Dashboards", href: `${base}/_dashboards` }],
          },
        ]
      : []),
    {
      group: "Repos",
      icon: "OpenSource",
      entries: [
        { name: "All repositories", href: `${base}/_git` },
        ...(git === undefined
          ? []
          : [
              { name: "Files", href: git },
              { name: "Commits", href: `${git}/commits`, covers: [`${git}/commit`] },
              { name: "Branches", href: `${git}/branches` },
              {
                name: "Pull requests",
                href: `${git}/pullrequests`,
                covers: [`${git}/pullrequest`, `${git}/pullrequestcreate`],
              },
            ]),
        ...hubs(hubTargets.Repos),
      ],
    },
    {
      group: "Pipelines",
      icon: "Rocket",
      entries: [
        { name: "Pipelines", href: `${base}/_build` },
        { name: "Environments", href: `${base}/_environments` },
        { name: "Approvals", href: `${base}/_approvals` },
        ...hubs(hubTargets.Pipelines),
      ],
    },
    ...(settings.length > 0
      ? [{ group: "Project settings", icon: "Settings", entries: settings }]
      : []),
    {
      group: "Sandbox",
      icon: "TestBeaker",
      entries: [{ name: "Faults", href: `${base}/_sandbox/faults` }],
    },
  ];
}

/** Organisation, project, area, and the repository where there is one. */
export function crumbsOf(known: Known & { readonly project: string }): readonly Crumb[] {
  const { at, project, base } = known;
  const repository = repositoryOf(at);
  const [area, href] = areaOf(known);
  return [
    { text: at.organisation, href: `/${at.organisation}` },
    { text: project, href: base },
    { text: area, href },
    ...(repository === undefined
      ? []
      : [{ text: repository, href: repositoryAddress(base, repository) }]),
  ];
}

function areaOf(known: Known): readonly [area: string, href: string] {
  const { base, at } = known;
  const { page } = at;
  switch (page.kind) {
    case "hub": {
      const address = `${base}/_apps/hub/${page.contribution}`;
      const found = menuOf(known).find(({ entries }) =>
        entries.some(({ href }) => href === address),
      );
      return [found?.group ?? "Extensions", found?.entries[0]?.href ?? address];
    }
    case "pipelines":
    case "runs":
    case "run":
    case "environments":
    case "environment":
    case "kubernetes":
    case "approvals":
      return ["Pipelines", `${base}/_build`];
    case "dashboard":
      return ["Dashboards", `${base}/_dashboards`];
    case "faults":
      return ["Sandbox", `${base}/_sandbox/faults`];
    default:
      return ["Repos", `${base}/_git`];
  }
}

function repositoryOf({ page }: Location): string | undefined {
  return "repository" in page ? page.repository : undefined;
}
