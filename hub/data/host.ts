// The only file that knows the extension SDK: the page's host, who looks, and where.
import * as SDK from "azure-devops-extension-sdk";
import { type AzureDevOps, connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Extension } from "../../core/extension.ts";

export type Host = {
  readonly ado: AzureDevOps;
  /** What `ado` signs in with, for a worker of this page. */
  readonly token: () => Promise<string>;
  /** The published copy of the extension that this page belongs to. */
  readonly extension: Extension;
  readonly project: { readonly id: string; readonly name: string };
  /** What the place of the page hands over: on a pull request its ids. */
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly navigation: Navigation;
};

/** The host's own address bar. */
export type Navigation = {
  readonly query: () => Promise<Readonly<Record<string, string>>>;
  /** An empty value removes the parameter. */
  readonly setQuery: (values: Readonly<Record<string, string>>) => void;
  /** Without `#`. */
  readonly hash: () => Promise<string>;
  /** A new entry in the browser's history. */
  readonly setHash: (hash: string) => void;
  readonly replaceHash: (hash: string) => void;
  /** Calls back when somebody goes back, forward or elsewhere; the answer stops it. */
  readonly onHash: (call: (hash: string) => void) => () => void;
  /** Leaves the page. */
  readonly open: (url: string) => void;
};

type LocationService = { getResourceAreaLocation(area: string): Promise<string> };
type NavigationService = {
  getQueryParams(): Promise<Record<string, string>>;
  setQueryParams(values: Record<string, string>): void;
  getHash(): Promise<string>;
  setHash(hash: string): void;
  replaceHash(hash: string): void;
  onHashChanged(callback: (hash: string) => void): void;
  navigate(url: string): void;
};

// Of the area `core`: its address is the organisation's own, whatever host serves the page.
const coreArea = "79134c72-4a58-4b42-976c-04e7115f32bf";

/** Shakes hands with the host and applies its theme. */
export async function openHost(): Promise<Host> {
  await SDK.init({ loaded: false, applyTheme: true });
  const [location, navigation] = await Promise.all([
    SDK.getService<LocationService>("ms.vss-features.location-service"),
    SDK.getService<NavigationService>("ms.vss-features.host-navigation-service"),
  ]);
  const organisationUrl = await location.getResourceAreaLocation(coreArea);
  const { id, name } = SDK.getWebContext().project;
  const { publisherId, extensionId } = SDK.getExtensionContext();
  const token = () => SDK.getAccessToken();
  return {
    ado: connectAzureDevOps({ organisationUrl, token }),
    token,
    extension: { publisher: publisherId, name: extensionId },
    project: { id, name },
    configuration: SDK.getConfiguration(),
    navigation: {
      query: () => navigation.getQueryParams(),
      setQuery: (values) => navigation.setQueryParams({ ...values }),
      open: (url) => navigation.navigate(url),
      hash: async () => (await navigation.getHash()).replace(/^#/, ""),
      setHash: (hash) => navigation.setHash(hash),
      replaceHash: (hash) => navigation.replaceHash(hash),
      onHash: (call) => {
        // The host has no way to stop calling back.
        let open = true;
        navigation.onHashChanged((hash) => {
          if (open) call(hash.replace(/^#/, ""));
        });
        return () => {
          open = false;
        };
      },
    },
  };
}

type BuildPageService = {
  getBuildPageData(): Promise<{ readonly build?: { readonly id?: number } } | undefined>;
};

/** The run whose tab this page is. @throws Error where the host tells none. */
export async function readBuildOfPage(): Promise<number> {
  const service = await SDK.getService<BuildPageService>(
    "ms.vss-build-web.build-page-data-service",
  );
  const id = (await service.getBuildPageData())?.build?.id;
  if (id === undefined) throw new Error("Azure DevOps does not tell which run this is.");
  return id;
}

/** Tells the host that there is something to see: until then it shows its own spinner. */
export function reportLoaded(): void {
  void SDK.notifyLoadSucceeded();
}
