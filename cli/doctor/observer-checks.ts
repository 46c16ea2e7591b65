import { listCommits } from "../../clients/azure-devops/commits.ts";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import type { ConnectorConfig } from "../../core/connector-config/config.ts";
import { statusGenre } from "../../core/run/letter.ts";
import { Failure, type Check } from "./check.ts";

type Other = {
  readonly environment: string;
  readonly cluster: string;
  /** Identity id of the other connector. */
  readonly identity: string;
  readonly repo: RepositoryRef;
  readonly branch: string;
};

// What is older says little about who is there today.
const looksBack = 10;

/** Whether the other connectors that the configuration names have said anything of late. */
export function observerChecks(ado: AzureDevOps, config: ConnectorConfig): readonly Check[] {
  const { environments, clusters } = config;
  return environments.flatMap((environment) => {
    const repository = config.repositories.find(({ name }) => name === environment.repository);
    if (repository === undefined) return [];
    const { project, branch } = repository;
    const repo = { project, repository: repository.repository };
    return environment.clusters.flatMap(({ name: cluster }) => {
      const { observer } = clusters.find(({ name }) => name === cluster) ?? {};
      const of = { environment: environment.name, cluster, repo, branch };
      return [
        ...(observer === undefined ? [] : [observerCheck(ado, { ...of, identity: observer })]),
        ...(environment.decider === undefined
          ? []
          : [deciderCheck(ado, { ...of, identity: environment.decider })]),
      ];
    });
  });
}

function observerCheck(ado: AzureDevOps, of: Other): Check {
  const { environment, cluster } = of;
  return {
    name: `observer of ${cluster} (${environment})`,
    remedy: `Start the connector of ${cluster} with environments[].decider, and name the identity that its log names at the start in clusters[].observer.`,
    lost: `waits in ${environment} go on until it answers`,
    test: () => findWord(ado, of, "it has answered nothing"),
  };
}

function deciderCheck(ado: AzureDevOps, of: Other): Check {
  const { environment, cluster } = of;
  return {
    name: `decider of ${environment} (${cluster})`,
    remedy: `Start the connector that decides ${environment} with clusters[].observer for ${cluster}, and name its identity in environments[].decider.`,
    lost: `nothing is answered about ${cluster}`,
    test: () => findWord(ado, of, "it has asked nothing"),
  };
}

async function findWord(ado: AzureDevOps, of: Other, nothing: string): Promise<string> {
  const { identity, repo, branch, environment, cluster } = of;
  const { id } = (await readConnectionData(ado)).authenticatedUser;
  if (id.toLowerCase() === identity.toLowerCase()) {
    throw new Failure("wrong", "it is this connector's own identity: each needs one of its own");
  }
  const isTheirs = ({ context, createdBy }: CommitStatus) =>
    context.genre === statusGenre &&
    new RegExp(`^[^/]+/${environment}/${cluster}$`).test(context.name) &&
    createdBy?.id.toLowerCase() === identity.toLowerCase();
  const commits = await listCommits(ado, { repo, branch, firstParent: true, top: looksBack });
  for (const { commitId } of commits) {
    const said = (await listStatuses(ado, { repo, commit: commitId })).filter(isTheirs);
    const last = said.reduce<CommitStatus | undefined>(
      (best, one) => (best && best.id > one.id ? best : one),
      undefined,
    );
    if (last === undefined) continue;
    const who = last.createdBy?.displayName ?? identity;
    return `${who}: ${last.state} at ${last.creationDate} on ${commitId.slice(0, 8)}`;
  }
  throw new Failure("absent", `${nothing} on the last ${commits.length} commits of ${branch}`);
}
