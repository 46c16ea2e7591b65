import { addProject } from "./add-project.ts";
import type { Clock } from "./clock.ts";
import { createEventBus } from "./events.ts";
import { noFaults } from "./faults.ts";
import { guidOf } from "./guid.ts";
import { createConnectorIdentity, createPeople, groupIdentity } from "./identities.ts";
import { followPushes } from "./pull-requests/follow-pushes.ts";
import type { Seed } from "./seed.ts";
import type { Organisation } from "./organisation.ts";

/** Builds the organisation that the seed describes; repositories are made on disk. */
export async function createOrganisation(options: {
  readonly seed: Seed;
  readonly clock: Clock;
  readonly directory: string;
}): Promise<Organisation> {
  const { seed, clock, directory } = options;
  const people = createPeople(seed.organisation, seed.accounts);
  const connector = createConnectorIdentity(seed.organisation);
  const organisation: Organisation = {
    id: guidOf("organisation", seed.organisation),
    name: seed.organisation,
    url: "",
    directory,
    clock,
    projects: [],
    identities: [...people, connector],
    groups: (seed.groups ?? []).map(({ name, members }) => ({
      identity: groupIdentity(name),
      members: new Set(members),
    })),
    pullRequests: new WeakMap(),
    operations: new Map(),
    policies: [],
    serviceEndpoints: [],
    importable: new Map(Object.entries(seed.importable ?? {})),
    workItems: seed.workItems && new Set(seed.workItems.map(String)),
    builds: { queue: undefined },
    grants: new Map(),
    events: createEventBus(),
    faults: noFaults(),
    unhandled: [],
    documents: new Map(),
    counters: {
      next: 0,
      nextPullRequest: 0,
      nextStatus: 0,
      nextPush: 0,
      nextPolicy: 0,
      nextImport: 0,
      projectRevision: 10,
    },
  };
  for (const identity of organisation.identities) {
    organisation.grants.set(`sandbox-${identity.name}`, { identity, repositories: "all" });
  }
  for (const project of seed.projects) await addProject(organisation, project);
  followPushes(organisation);
  return organisation;
}
