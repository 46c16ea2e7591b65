import { refusals } from "../api-error.ts";
import { findProject, listOf, type Call, type Route } from "../route.ts";
import { projectRef } from "./repositories.ts";

// Projects - List, Get; connectionData and ResourceAreas as every client asks for first.
export const coreRoutes: readonly Route[] = [
  {
    area: "core",
    resource: "projects",
    id: "603fe2ac-9723-48b9-88ad-09305aa6c6e1",
    template: "_apis/projects/{projectId?}",
    resourceVersion: 4,
    methods: {
      GET: ({ organisation, params: { projectId } }) => {
        if (projectId === undefined) {
          return listOf(organisation.projects.map((project) => projectRef(organisation, project)));
        }
        const project = findProject(organisation, projectId);
        if (!project) throw refusals.project(projectId);
        return { json: projectRef(organisation, project) };
      },
    },
  },
  {
    area: "Location",
    resource: "ConnectionData",
    id: "00d9565f-ed9c-4a06-9a50-00e7896ccab4",
    template: "_apis/ConnectionData",
    releasedVersion: "0.0",
    methods: { GET: connectionData },
  },
  {
    // Null is how a server without separate hosts answers: all areas are at this address.
    area: "Location",
    resource: "ResourceAreas",
    id: "e81700f7-3be2-46de-8624-2eb35882fcaa",
    template: "_apis/ResourceAreas/{areaId?}",
    methods: { GET: () => ({ json: { count: 0, value: null } }) },
  },
];

function connectionData({ organisation, grant: { identity } }: Call) {
  const user = {
    id: identity.id,
    descriptor: `Microsoft.TeamFoundation.Sandbox;${identity.uniqueName}`,
    subjectDescriptor: identity.descriptor,
    providerDisplayName: identity.displayName,
    isActive: true,
    properties: { Account: { $type: "System.String", $value: identity.uniqueName } },
    resourceVersion: 2,
    metaTypeId: 0,
  };
  return {
    json: {
      authenticatedUser: user,
      authorizedUser: user,
      instanceId: organisation.id,
      deploymentId: organisation.id,
      deploymentType: "hosted",
      locationServiceData: {
        serviceOwner: "00025394-6065-48ca-87d9-7f5672854ef7",
        defaultAccessMappingMoniker: "PublicAccessMapping",
        lastChangeId: 1,
        lastChangeId64: 1,
      },
    },
  };
}
