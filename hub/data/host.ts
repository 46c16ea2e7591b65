// The only file that knows the extension SDK: the page's host, who looks, and where.
import * as SDK from "azure-devops-extension-sdk";
import { type AzureDevOps, connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Extension } from "../../core/extension.ts";

export type Host = {
  readonly ado: AzureDevOps;
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
  /** Leaves the page. */
  readonly open: (url: string) => void;
};

type LocationService = { getResourceAreaLocation(area: string): Promise<string> };
type NavigationService = {
  getQueryParams(): Promise<Record<string, string>>;
  setQueryParams(values: Record<string, string>): void;
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
  return {
    ado: connectAzureDevOps({ organisationUrl, token: () => SDK.getAccessToken() }),
    extension: { publisher: publisherId, name: extensionId },
    project: { id, name },
    configuration: SDK.getConfiguration(),
    navigation: {
      query: () => navigation.getQueryParams(),
      setQuery: (values) => navigation.setQueryParams({ ...values }),
      open: (url) => navigation.navigate(url),
    },
  };
}

/** Tells the host that there is something to see: until then it shows its own spinner. */
export function reportLoaded(): void {
  void SDK.notifyLoadSucceeded();
}
