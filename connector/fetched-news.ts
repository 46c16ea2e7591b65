import { fluxKey } from "../core/flux/flux-object.ts";
import { commitOf } from "../core/flux/revision.ts";
import { sourceBinding } from "../core/flux/source-binding.ts";
import type { EnvironmentConfig } from "../core/connector-config/config.ts";
import { repositoryOf, type Connector } from "./connector.ts";

type Room = Pick<Connector, "clusters" | "repositories">;

/** What the clusters of an environment have fetched of its branch: it tells that the branch moved. */
export type FetchedNews = {
  /** Has one fetched a commit that was never seen as the head? Then the head that is known is old. */
  readonly isAhead: (environment: EnvironmentConfig) => boolean;
  /**
   * Doubts the head where one came to another commit that is not it: back to an older one, a force push,
   * as it looks from here; one that was behind and came nearer costs a call.
   */
  readonly look: (environment: EnvironmentConfig) => void;
};

export function createFetchedNews(connector: Room): FetchedNews {
  const before = new Map<string, string>();
  return {
    isAhead: (environment) => {
      const repository = repositoryOf(connector, environment);
      // All are asked about: one read of the head then answers for each of them.
      const news = fetchedBy(connector, environment).filter(({ commit }) =>
        repository.isNews(commit),
      );
      return news.length > 0;
    },
    look: (environment) => {
      const repository = repositoryOf(connector, environment);
      for (const { source, commit } of fetchedBy(connector, environment)) {
        const key = `${environment.name}/${source}`;
        const last = before.get(key) ?? commit;
        before.set(key, commit);
        if (last !== commit && commit !== repository.knownHead()) repository.doubtHead();
      }
    },
  };
}

function fetchedBy(connector: Room, environment: EnvironmentConfig) {
  const repository = repositoryOf(connector, environment);
  const of = { repository: repository.addresses, branch: repository.config.branch };
  return environment.clusters.flatMap(({ name }) =>
    (connector.clusters.get(name)?.flux() ?? []).flatMap((object) => {
      if (object.kind !== "GitRepository" || !sourceBinding(object, of).bound) return [];
      const commit = commitOf(object.artifactRevision);
      return commit === undefined ? [] : [{ source: `${name}/${fluxKey(object)}`, commit }];
    }),
  );
}
