import type { Call, Route } from "../route.ts";

// ConnectionData as every client asks for it first; keys as recorded.
export const connectionDataRoutes: readonly Route[] = [
  {
    area: "Location",
    resource: "ConnectionData",
    id: "00d9565f-ed9c-4a06-9a50-00e7896ccab4",
    template: "_apis/ConnectionData",
    releasedVersion: "0.0",
    methods: { GET: connectionData },
  },
];

function connectionData({ organisation, grant: { identity }, query }: Call) {
  const user = {
    id: identity.id,
    descriptor: `Microsoft.IdentityModel.Claims.ClaimsIdentity;${organisation.id}\\${identity.uniqueName}`,
    subjectDescriptor: identity.descriptor,
    providerDisplayName: identity.displayName,
    customDisplayName: identity.displayName,
    isActive: true,
    properties: { Account: { $type: "System.String", $value: identity.uniqueName } },
    resourceVersion: 2,
    metaTypeId: 0,
  };
  const lastChange = 424_239_147;
  const withServices = /IncludeServices|^[15]$/i.test(query["connectoptions"] ?? "");
  return {
    json: {
      authenticatedUser: user,
      authorizedUser: user,
      instanceId: organisation.id,
      deploymentId: organisation.id,
      deploymentType: "hosted",
      locationServiceData: {
        serviceOwner: "00025394-6065-48ca-87d9-7f5672854ef7",
        ...(withServices ? { accessMappings: [accessMapping(organisation.url)] } : {}),
        defaultAccessMappingMoniker: "PublicAccessMapping",
        ...(withServices ? { serviceDefinitions: [] } : {}),
        lastChangeId: lastChange,
        lastChangeId64: lastChange,
      },
    },
  };
}

function accessMapping(url: string) {
  return {
    displayName: "Public Access Mapping",
    moniker: "PublicAccessMapping",
    accessPoint: new URL(url).origin,
    virtualDirectory: new URL(url).pathname.slice(1),
  };
}
