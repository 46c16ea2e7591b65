import { currentIdentity, currentTheme, tokenOf } from "../session.ts";
import { themeData } from "../themes.ts";
import type { HostContext } from "./host-context.ts";
import { hostServices } from "./services/host-services.ts";

/** The objects that azure-devops-extension-sdk 4 asks of its host, by their instance id. */
export function hostObjects(context: HostContext): Readonly<Record<string, object>> {
  const services = hostServices(context);
  return {
    "DevOps.HostControl": {
      initialHandshake: () => handshake(context),
      notifyLoadSucceeded: () => context.loaded(),
      notifyLoadFailed: (error: unknown) => context.loaded(messageOf(error)),
      resize: context.resized,
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
      user: {
        id: user.id,
        name: user.uniqueName,
        displayName: user.displayName,
        descriptor: user.descriptor,
        imageUrl: "",
      },
      host: {
        id: organisation.id,
        name: organisation.name,
        serviceVersion: "Sandbox",
        type: 4,
        isHosted: true,
      },
      pageContext: {
        webContext: { project, team: { id: project.id, name: `${project.name} Team` } },
        globalization: { theme: currentTheme(), culture: "en-US", timeZoneId: "UTC" },
        timeZonesConfiguration: { daylightSavingsAdjustments: [] },
      },
    },
    initialConfig: configuration,
    themeData: themeData(currentTheme()),
  };
}

function messageOf(error: unknown): string {
  return (error as { message?: string } | undefined)?.message ?? String(error);
}
