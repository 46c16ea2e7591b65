import * as React from "react";
import { SurfaceContext, SurfaceBackground } from "azure-devops-ui/Surface";
import { loadManifest, type ExtensionManifest } from "../extension/contributions.ts";
import { HostLayers } from "../extension/host-layers.tsx";
import { followLink, useAddress } from "../navigation.ts";
import { parseLocation } from "../route.ts";
import { list } from "../rest.ts";
import type { Repository } from "../rest-types.ts";
import { useRights } from "../rights.ts";
import { signInForLinks, useSession } from "../session.ts";
import { applyTheme } from "../themes.ts";
import { useLive } from "../use-live.ts";
import { Loaded } from "../components/loaded.tsx";
import { crumbsOf, menuOf } from "./menu.ts";
import { BannerArea, ToastArea } from "./message-area.tsx";
import { PageView } from "./page-view.tsx";
import { SideMenu } from "./side-menu.tsx";
import { TopBar } from "./top-bar.tsx";

type ProjectFacts = {
  readonly manifest: ExtensionManifest | undefined;
  readonly repositories: readonly Repository[];
};

/** The whole portal: the bar on top, the menu at the side, and the page that the address names. */
export function PortalApp() {
  const { identity, theme } = useSession();
  const address = useAddress();
  React.useLayoutEffect(() => applyTheme(document.documentElement), [theme]);
  React.useLayoutEffect(() => signInForLinks(identity), [identity]);
  const [pathname = "", search = ""] = address.split(/(?=\?)/, 2);
  const at = parseLocation(pathname, search);
  if (at.project === undefined) return <FirstProject organisation={at.organisation} />;
  return (
    // Everything is asked anew when somebody else looks.
    <Project key={identity} {...{ identity, theme, at, pathname }} project={at.project} />
  );
}

function FirstProject({ organisation }: { readonly organisation: string }) {
  const live = useLive(() => list<{ name: string }>("_apis/projects"), { key: organisation });
  const first = live.value?.[0]?.name;
  React.useEffect(() => {
    if (first !== undefined) location.replace(`/${organisation}/${encodeURIComponent(first)}`);
  }, [first, organisation]);
  return <Loaded live={live}>{() => null}</Loaded>;
}

function Project(props: {
  readonly project: string;
  readonly at: ReturnType<typeof parseLocation>;
  readonly pathname: string;
  readonly identity: ReturnType<typeof useSession>["identity"];
  readonly theme: ReturnType<typeof useSession>["theme"];
}) {
  const { project, at, pathname, identity, theme } = props;
  const base = `/${at.organisation}/${encodeURIComponent(project)}`;
  const rights = useRights(project);
  const facts = useLive<ProjectFacts>(
    async () => ({
      manifest: await loadManifest(),
      repositories: await list<Repository>(`${project}/_apis/git/repositories`),
    }),
    { key: project, everyMs: 60_000 },
  );
  const known = facts.value ?? { manifest: undefined, repositories: [] };
  return (
    <SurfaceContext.Provider value={{ background: SurfaceBackground.normal }}>
      <div className="portal" onClick={followLink} data-theme={theme}>
        <a className="portal-skip" href="#content">
          Skip to the page
        </a>
        <TopBar
          crumbs={crumbsOf({ at, project, base, ...known })}
          identity={identity}
          theme={theme}
        />
        <SideMenu
          project={project}
          projectHref={base}
          groups={menuOf({ at, base, ...known })}
          pathname={pathname}
        />
        <main className="portal-main" id="content">
          <BannerArea />
          <Loaded live={facts}>
            {({ manifest, repositories }) => (
              <PageView
                key={pathname}
                page={at.page}
                {...{ project, base, manifest, repositories, rights }}
              />
            )}
          </Loaded>
        </main>
        <ToastArea />
        <HostLayers project={project} manifest={known.manifest} />
      </div>
    </SurfaceContext.Provider>
  );
}
