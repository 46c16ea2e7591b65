import { listOf, type Call, type Route } from "../route.ts";
import type { Group, Identity } from "../identity.ts";

// Identities - Read Identities (REST 7.1): how clients turn names, mails and descriptors into ids.
export const identityRoutes: readonly Route[] = [
  {
    area: "IMS",
    resource: "Identities",
    id: "28010c54-d0c0-4c89-a5b0-1c9e188b9fb7",
    template: "_apis/Identities/{identityId?}",
    location: "_apis/{resource}/{*identityId}",
    methods: { GET: readIdentities },
  },
];

function readIdentities(call: Call) {
  const { organisation, query, params } = call;
  const { identityId } = params;
  const all = [...organisation.identities, ...organisation.groups.map(({ identity }) => identity)];
  // Direct or Expanded; groups in groups are not done here.
  const withGroups = !["", "none", "0"].includes(query["querymembership"]?.toLowerCase() ?? "");
  const shown = (one: Identity) =>
    identityJson(
      one,
      withGroups ? organisation.groups.filter(({ members }) => members.has(one.name)) : [],
    );
  if (identityId !== undefined) {
    const found = all.find(({ id }) => id === identityId.toLowerCase());
    return { json: found ? shown(found) : null };
  }
  const filter = query["filtervalue"]?.toLowerCase();
  if (filter !== undefined) {
    return listOf(all.filter((one) => isCalled(one, filter)).map(shown));
  }
  // What is not found stands as null in its place.
  const asked = (name: string) => query[name]?.split(",") ?? [];
  const found = [
    ...asked("identityids").map((id) => all.find((one) => one.id === id.toLowerCase())),
    ...[...asked("subjectdescriptors"), ...asked("descriptors")].map((descriptor) =>
      all.find((one) => one.descriptor === descriptor || fullDescriptor(one) === descriptor),
    ),
  ];
  return listOf(found.map((one) => (one ? shown(one) : null)));
}

function isCalled({ displayName, uniqueName }: Identity, filter: string): boolean {
  const [alias = ""] = uniqueName.toLowerCase().split("@");
  return [displayName.toLowerCase(), uniqueName.toLowerCase(), alias].includes(filter);
}

function identityJson(identity: Identity, groups: readonly Group[]) {
  const { id, displayName, uniqueName } = identity;
  const text = ($value: string) => ({ $type: "System.String", $value });
  return {
    id,
    descriptor: fullDescriptor(identity),
    subjectDescriptor: identity.descriptor,
    providerDisplayName: displayName,
    customDisplayName: displayName,
    isActive: true,
    members: [],
    memberOf: groups.map((group) => fullDescriptor(group.identity)),
    memberIds: [],
    properties: {
      SchemaClassName: text("User"),
      Description: text(""),
      Account: text(uniqueName),
      Mail: text(uniqueName.includes("@") ? uniqueName : ""),
    },
    resourceVersion: 2,
    metaTypeId: 0,
  };
}

// Builds have the descriptor of a service identity, everybody else that of a claim.
function fullDescriptor({ descriptor, uniqueName }: Identity): string {
  if (descriptor.startsWith("vssgp.")) return `Microsoft.TeamFoundation.Identity;${descriptor}`;
  if (!descriptor.startsWith("svc.")) {
    return `Microsoft.IdentityModel.Claims.ClaimsIdentity;${uniqueName}`;
  }
  const decoded = Buffer.from(descriptor.slice("svc.".length), "base64url").toString("utf8");
  return `Microsoft.TeamFoundation.ServiceIdentity;${decoded}`;
}
