import type { HostContext } from "../host-context.ts";
import { extensionDataService } from "./extension-data.ts";
import { globalMessages } from "./global-messages.ts";
import { hostNavigation } from "./host-navigation.ts";
import { pageLayout } from "./page-layout.ts";

/** What `SDK.getService(id)` answers, by the service's contribution id. */
export function hostServices(context: HostContext): Readonly<Record<string, object>> {
  const { organisation, project, build } = context;
  return {
    "ms.vss-features.location-service": {
      getResourceAreaLocation: () => `${organisation.url}/`,
      getServiceLocation: () => `${organisation.url}/`,
      routeUrl: (routeId: string) => {
        throw new Error(`The sandbox's host has no route ${routeId}.`);
      },
    },
    "ms.vss-tfs-web.tfs-page-data-service": { getProject: () => project },
    "ms.vss-features.host-navigation-service": hostNavigation(context),
    "ms.vss-features.host-page-layout-service": pageLayout(),
    "ms.vss-tfs-web.tfs-global-messages-service": globalMessages(),
    "ms.vss-features.extension-data-service": extensionDataService(),
    ...(build === undefined
      ? {}
      : { "ms.vss-build-web.build-page-data-service": { getBuildPageData: () => ({ build }) } }),
  };
}
