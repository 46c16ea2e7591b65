// In which projects pipelines wait for a manifests repository: often another one than its own. Known
// from the configuration, and learned from what the service itself says of pull requests, pushes and
// letters: which build service made them.
import { LRUCache } from "lru-cache";
import { listPushes } from "../../clients/azure-devops/pushes.ts";
import type { IdentityRef, PullRequest } from "../../core/azure-devops/types.ts";
import { buildScopeOf } from "../../core/gate/build-identity.ts";
import { projectsOf } from "../../core/gate/pipeline-match.ts";
import { parseTrailers } from "../../core/run/trailers.ts";
import { parseRunUrl } from "../../core/azure-devops/urls.ts";
import { getCommit } from "../../clients/azure-devops/commits.ts";
import { environmentsOf, type Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

export type PipelineProject = {
  /** Name or id. */
  readonly project: string;
  /** Ids of the pipelines to look at; absent: all. */
  readonly definitions?: readonly number[];
};

type Room = Pick<Connector, "ado" | "config" | "host">;

// Nobody has more; a hostile list ends here.
const mostLearned = 100;
const newestPushes = 20;

export type PipelineProjects = {
  readonly of: (repository: ManifestsRepository) => readonly PipelineProject[];
  readonly learn: (repository: ManifestsRepository, project: string) => void;
  /** Looks at the newest pushes and at these pull requests. */
  readonly learnFrom: (
    repository: ManifestsRepository,
    pullRequests: readonly PullRequest[],
  ) => Promise<void>;
};

export function createPipelineProjects(connector: Room): PipelineProjects {
  const { ado, config, host } = connector;
  const learned = new LRUCache<string, LRUCache<string, true>>({ max: 10_000 });
  const readCommits = new LRUCache<string, true>({ max: 10_000 });
  const collection = config.azureDevOps.collectionBuildIdentity?.toLowerCase();

  function learn(repository: ManifestsRepository, project: string): void {
    const known = learned.get(repository.id) ?? new LRUCache<string, true>({ max: mostLearned });
    learned.set(repository.id, known);
    known.set(project.toLowerCase(), true);
  }

  /** @returns whether the identity says which project it builds for. */
  function learnOf(repository: ManifestsRepository, identity: IdentityRef | undefined): boolean {
    const scope = buildScopeOf(identity, host);
    if (scope !== undefined && scope !== collection) learn(repository, scope);
    return scope !== undefined && scope !== collection;
  }

  // The collection's build service builds for every project: the commit says which.
  async function learnOfCommit(repository: ManifestsRepository, commit: string): Promise<void> {
    if (readCommits.get(commit)) return;
    const found = await getCommit(ado, { repo: repository.ref, commit });
    readCommits.set(commit, true);
    const run = parseRunUrl(parseTrailers(found?.comment ?? "")?.run ?? "");
    if (run?.organisationUrl === ado.organisationUrl) learn(repository, run.project);
  }

  return {
    learn,
    of: (repository) => {
      const { pipelines } = repository.config;
      const named = environmentsOf(connector, repository).flatMap(({ definitions = [] }) =>
        projectsOf(definitions),
      );
      const others = [
        repository.projectId,
        ...named,
        ...(learned.get(repository.id)?.keys() ?? []),
      ];
      const listed = new Set(pipelines.map(({ project }) => project.toLowerCase()));
      if (listed.has(repository.config.project.toLowerCase())) listed.add(repository.projectId);
      return [
        ...pipelines,
        ...[...new Set(others.map((project) => project.toLowerCase()))]
          .filter((project) => !listed.has(project))
          .map((project) => ({ project })),
      ];
    },
    learnFrom: async (repository, pullRequests) => {
      const branch = `refs/heads/${repository.config.branch}`;
      const pushes = await listPushes(ado, {
        repo: repository.ref,
        ref: branch,
        top: newestPushes,
      });
      for (const { pushedBy } of pushes) learnOf(repository, pushedBy);
      for (const { createdBy, lastMergeSourceCommit } of pullRequests) {
        if (learnOf(repository, createdBy)) continue;
        const head = lastMergeSourceCommit?.commitId;
        if (head !== undefined) await learnOfCommit(repository, head);
      }
    },
  };
}
