import { currentIdentity, currentTheme, tokenOf } from "../session.ts";
import { themeData } from "../themes.ts";
import type { Contribution } from "./contributions.ts";

export type HostContext = {
  readonly contribution: Contribution;
  /** What the page's place hands over, e.g. a pull request's id. */
  readonly configuration: object;
  readonly organisation: { readonly name: string; readonly url: string };
  readonly project: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly displayName: string };
  readonly loaded: (error?: string) => void;
};

/** The objects that azure-devops-extension-sdk 4 asks of its host, by their instance id. */
export function hostObjects(context: HostContext): Readonly<Record<string, object>> {
  const services = hostServices(context);
  return {
    "DevOps.HostControl": {
      initialHandshake: () => handshake(context),
      notifyLoadSucceeded: () => context.loaded(),
      notifyLoadFailed: (error: unknown) => context.loaded(messageOf(error)),
      resize: () => undefined,
      getAccessToken: () => ({ token: tokenOf(currentIdentity()) }),
      getAppToken: () => ({ token: tokenOf(currentIdentity()) }),
    },
    "DevOps.ServiceManager": {
      getService: (id: string) => {
        const service = services[id];
        if (!service) throw new Error(`The sandbox's host has no service ${id}.`);
        return service;
      },
    },
  };
}

function handshake({ contribution, configuration, organisation, project, user }: HostContext) {
  const { publisher, id, version } = contribution.extension;
  return {
    contributionId: contribution.id,
    context: {
      extension: {
        id: `${publisher}.${id}`,
        publisherId: publisher,
        extensionId: id,
        version,
      },
      user: { id: user.id, name: user.displayName, displayName: user.displayName, imageUrl: "" },
      host: {
        id: organisation.name,
        name: organisation.name,
        serviceVersion: "Sandbox",
        type: 4,
        isHosted: true,
      },
      pageContext: {
        webContext: { project, team: { id: project.id, name: `${project.name} Team` } },
        globalization: { theme: currentTheme() },
        timeZonesConfiguration: { daylightSavingsAdjustments: [] },
      },
    },
    initialConfig: configuration,
    themeData: themeData(currentTheme()),
  };
}

function hostServices({ organisation, project }: HostContext): Readonly<Record<string, object>> {
  return {
    "ms.vss-features.location-service": {
      getResourceAreaLocation: () => `${organisation.url}/`,
      getServiceLocation: () => `${organisation.url}/`,
    },
    "ms.vss-tfs-web.tfs-page-data-service": { getProject: () => project },
    "ms.vss-features.host-navigation-service": {
      getQueryParams: () => Object.fromEntries(new URLSearchParams(location.search)),
      setQueryParams: (values: Readonly<Record<string, string>>) => {
        const query = new URLSearchParams(location.search);
        for (const [name, value] of Object.entries(values)) {
          if (value) query.set(name, value);
          else query.delete(name);
        }
        history.replaceState(null, "", `?${query.toString()}${location.hash}`);
      },
      getHash: () => location.hash.slice(1),
      setHash: (hash: string) => history.pushState(null, "", `#${hash}`),
      replaceHash: (hash: string) => history.replaceState(null, "", `#${hash}`),
      onHashChanged: (callback: (hash: string) => void) =>
        window.addEventListener("hashchange", () => callback(location.hash.slice(1))),
      navigate: (url: string) => location.assign(url),
      openNewWindow: (url: string, features: string) =>
        void window.open(url, "_blank", `noopener,${features}`),
      reload: () => location.reload(),
      setDocumentTitle: (title: string) => {
        document.title = title;
      },
    },
  };
}

function messageOf(error: unknown): string {
  return (error as { message?: string } | undefined)?.message ?? String(error);
}
