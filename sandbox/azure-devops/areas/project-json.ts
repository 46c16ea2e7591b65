import { guidOf } from "../guid.ts";
import { processes } from "../processes.ts";
import type { Host } from "../host.ts";
import type { Project, Team } from "../project.ts";

/** A project as it stands in lists and inside other answers. */
export function projectRef(organisation: Host, project: Project) {
  return {
    id: project.id,
    name: project.name,
    ...(project.description === undefined ? {} : { description: project.description }),
    url: `${organisation.url}/_apis/projects/${project.id}`,
    state: "wellFormed",
    revision: project.revision,
    visibility: project.visibility,
    lastUpdateTime: project.lastUpdateTime,
  };
}

/** A project as it is answered alone. */
export function projectJson(
  organisation: Host,
  project: Project,
  { withCapabilities }: { readonly withCapabilities: boolean },
) {
  const { visibility, lastUpdateTime, ...head } = projectRef(organisation, project);
  const [team] = project.teams;
  const process = processes.find(({ id }) => id === project.processId);
  return {
    ...head,
    ...(withCapabilities
      ? {
          capabilities: {
            processTemplate: {
              templateName: process?.name ?? "",
              templateTypeId: project.processId,
            },
            versioncontrol: { sourceControlType: "Git", gitEnabled: "True", tfvcEnabled: "False" },
          },
        }
      : {}),
    _links: {
      self: { href: head.url },
      collection: { href: `${organisation.url}/_apis/projectCollections/${organisation.id}` },
      web: { href: `${organisation.url}/${encodeURIComponent(project.name)}` },
    },
    visibility,
    ...(team ? { defaultTeam: teamRef(organisation, project, team) } : {}),
    lastUpdateTime,
  };
}

function teamRef(organisation: Host, project: Project, { id, name }: Team) {
  return { id, name, url: `${organisation.url}/_apis/projects/${project.id}/teams/${id}` };
}

export function teamJson(organisation: Host, project: Project, team: Team) {
  return {
    ...teamRef(organisation, project, team),
    description: team.description,
    identityUrl: `${organisation.url}/_apis/Identities/${team.id}`,
    projectName: project.name,
    projectId: project.id,
    identity: teamIdentity(organisation, project, team),
  };
}

function teamIdentity(organisation: Host, project: Project, team: Team) {
  const sid = `S-1-9-1551374245-${BigInt(`0x${team.id.replaceAll("-", "")}`)}`;
  const text = (value: string) => ({ $type: "System.String", $value: value });
  return {
    id: team.id,
    descriptor: `Microsoft.TeamFoundation.Identity;${sid}`,
    subjectDescriptor: `vssgp.${Buffer.from(sid).toString("base64url")}`,
    providerDisplayName: `[${project.name}]\\${team.name}`,
    isActive: true,
    isContainer: true,
    members: [],
    memberOf: [],
    masterId: team.id,
    properties: {
      "Microsoft.TeamFoundation.Team": { $type: "System.Boolean", $value: true },
      SchemaClassName: text("Group"),
      Description: text(team.description),
      Domain: text(`vstfs:///Classification/TeamProject/${project.id}`),
      Account: text(team.name),
      SecurityGroup: text("SecurityGroup"),
      SpecialType: text("Generic"),
      ScopeId: text(guidOf(project.id, "scope")),
      ScopeType: text("TeamProject"),
      LocalScopeId: text(project.id),
      SecuringHostId: text(organisation.id),
      ScopeName: text(project.name),
      VirtualPlugin: text(""),
    },
    resourceVersion: 2,
    metaTypeId: 255,
  };
}
