import { openPage } from "../../navigation.ts";
import type { HostContext } from "../host-context.ts";

/** The address bar and the windows of the browser, as an extension may use them. */
export function hostNavigation({ contribution, project }: HostContext): object {
  return {
    getQueryParams: () => Object.fromEntries(new URLSearchParams(location.search)),
    setQueryParams: (values: Readonly<Record<string, string>>) => {
      const query = new URLSearchParams(location.search);
      for (const [name, value] of Object.entries(values)) {
        if (value) query.set(name, value);
        else query.delete(name);
      }
      const text = query.toString();
      const search = text === "" ? "" : `?${text}`;
      history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
    },
    getHash: () => location.hash.slice(1),
    setHash: (hash: string) => history.pushState(null, "", `#${hash}`),
    replaceHash: (hash: string) => history.replaceState(null, "", `#${hash}`),
    onHashChanged: (callback: (hash: string) => void) =>
      window.addEventListener("hashchange", () => callback(location.hash.slice(1))),
    getPageRoute: () => ({
      id: "ms.vss-web.contributed-hub-route",
      routeValues: { project: project.name, contributionId: contribution.id },
    }),
    getPageNavigationElements: () => [
      { id: contribution.id, name: contribution.name, type: contribution.type },
    ],
    // Only web pages: an extension must not run a script of its own in the host.
    navigate: (url: string) => openPage(webAddress(url)),
    openNewWindow: (url: string, features = "") =>
      void window.open(webAddress(url), "_blank", `noopener,${features}`),
    reload: () => location.reload(),
    setDocumentTitle: (title: string) => {
      document.title = title;
    },
  };
}

function webAddress(url: string): string {
  const { protocol, href } = new URL(url, location.href);
  if (protocol === "http:" || protocol === "https:") return href;
  throw new Error(`The host opens web addresses only, not ${protocol}`);
}
