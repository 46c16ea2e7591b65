import { guidOf } from "./guid.ts";
import type { Identity, Right } from "./identity.ts";

const contributor: readonly Right[] = [
  "GenericRead",
  "GenericContribute",
  "PullRequestContribute",
  "CreateBranch",
  "CreateTag",
  "ViewBuilds",
];
// Nobody may bypass policies by default, administrators neither.
const administrator: readonly Right[] = [
  ...contributor,
  "ForcePush",
  "ManageBuilds",
  "Administer",
  "CreateRepository",
  "DeleteRepository",
  "RenameRepository",
  "EditPolicies",
  "RemoveOthersLocks",
];

const people: readonly (readonly [name: string, displayName: string, rights: readonly Right[]])[] =
  [
    ["admin", "Ada Admin", administrator],
    ["developer", "Dana Developer", [...contributor, "ManageBuilds"]],
    ["approver", "Ari Approver", [...contributor, "ManageBuilds"]],
    // The documents give Readers pull-request contribution: they may comment and vote.
    ["reader", "Remy Reader", ["GenericRead", "PullRequestContribute", "ViewBuilds"]],
  ];

export function createPeople(
  organisation: string,
  accounts: readonly { readonly name: string; readonly displayName: string }[] = [],
): Identity[] {
  const others = accounts.map((one) => [one.name, one.displayName, contributor] as const);
  return [...people, ...others].map(([name, displayName, rights]) => ({
    name,
    id: guidOf(organisation, "identity", name),
    displayName,
    uniqueName: `${name}@${organisation}.com`,
    descriptor: `aad.${base64Url(guidOf(organisation, "descriptor", name))}`,
    rights: new Set(rights),
  }));
}

/** The connector's identity: a service principal; reads, posts statuses, ends waits. */
export function createConnectorIdentity(organisation: string): Identity {
  return {
    name: "connector",
    id: guidOf(organisation, "identity", "connector"),
    displayName: "Fluxgate connector",
    uniqueName: guidOf(organisation, "application", "connector"),
    descriptor: `aadsp.${base64Url(guidOf(organisation, "descriptor", "connector"))}`,
    rights: new Set<Right>(["GenericRead", "PullRequestContribute", "ViewBuilds", "ManageBuilds"]),
  };
}

/** `{Project} Build Service ({organisation})`: who a project's jobs are. */
export function createBuildService(at: {
  readonly organisation: { readonly name: string; readonly id: string };
  readonly project: { readonly name: string; readonly id: string };
}): Identity {
  const { organisation, project } = at;
  return {
    name: "build",
    id: guidOf(organisation.name, "build-service", project.name),
    displayName: `${project.name} Build Service (${organisation.name})`,
    uniqueName: `Build\\${project.id}`,
    // Form seen in public data: the host's id, the word Build, and the project's id.
    descriptor: `svc.${base64Url(`${organisation.id}:Build:${project.id}`)}`,
    rights: new Set(contributor),
  };
}

/** A team is a group: it can be asked to review. */
export function teamIdentity(
  { id, name }: { readonly id: string; readonly name: string },
  project: string,
): Identity {
  const displayName = `[${project}]\\${name}`;
  return {
    name: `team ${name}`,
    id,
    displayName,
    uniqueName: `vstfs:///Classification/TeamProject/${project}\\${name}`,
    descriptor: `vssgp.${base64Url(id)}`,
    rights: new Set(),
  };
}

/** A group of a project or of the organisation, by its whole name. */
export function groupIdentity(name: string): Identity {
  const id = guidOf("group", name);
  const descriptor = `vssgp.${base64Url(id)}`;
  return {
    name: `group ${name}`,
    id,
    displayName: name,
    uniqueName: name,
    descriptor,
    rights: new Set(),
  };
}

/** The service itself: who writes into discussions what happened. Its id is the same everywhere. */
export const serviceIdentity: Identity = {
  name: "service",
  id: "00000002-0000-8888-8000-000000000000",
  displayName: "Microsoft.VisualStudio.Services.TFS",
  uniqueName: "00000002-0000-8888-8000-000000000000@2c895908-04e0-4952-89fd-54b0046d6288",
  descriptor: `s2s.${base64Url("00000002-0000-8888-8000-000000000000@2c895908-04e0-4952-89fd-54b0046d6288")}`,
  rights: new Set(),
};

/** As {@link identityRef}, the way that reviewers are listed: without the descriptor. */
export function reviewerRef(identity: Identity, organisationUrl: string) {
  const { descriptor, ...rest } = identityRef(identity, organisationUrl);
  void descriptor;
  return rest;
}

/** An identity as it stands inside other answers. */
export function identityRef(identity: Identity, organisationUrl: string) {
  return {
    displayName: identity.displayName,
    url: `${organisationUrl}/_apis/Identities/${identity.id}`,
    _links: {
      avatar: {
        href: `${organisationUrl}/_apis/GraphProfile/MemberAvatars/${identity.descriptor}`,
      },
    },
    id: identity.id,
    uniqueName: identity.uniqueName,
    imageUrl: `${organisationUrl}/_api/_common/identityImage?id=${identity.id}`,
    descriptor: identity.descriptor,
  };
}

function base64Url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
