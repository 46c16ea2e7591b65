import type { Rollout } from "../../core/snapshot/rollouts.ts";
import { commitUrl } from "../../core/azure-devops/urls.ts";
import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { durationText } from "./ago.ts";
import { momentText } from "./moment.ts";
import type { Place } from "./place.ts";
import type { Linked } from "./request-view.ts";

/** A commit on its way through a cluster, with the time of each step. */
export type RolloutView = {
  readonly commit: Linked;
  readonly steps: readonly { readonly name: string; readonly text: string }[];
};

/** Times are those of the merge and of the connector's looks; what nobody saw says so. */
export function rolloutView(
  rollout: Rollout,
  facts: Pick<EnvironmentsFacts, "repositories">,
  { organisationUrl, now }: Place,
): RolloutView {
  const found = facts.repositories
    .flatMap(({ repository, folders }) =>
      folders.flatMap(({ commits }) => commits.map((commit) => ({ repository, commit }))),
    )
    .find(({ commit }) => commit.commitId === rollout.commit);
  const address =
    found === undefined
      ? undefined
      : {
          organisationUrl,
          project: found.repository.project.name,
          repository: found.repository.name,
        };
  const times = [
    ["merged", found?.commit.committer?.date],
    ["fetched by Flux", rollout.fetchedAt],
    ["applied", rollout.appliedAt],
    ["healthy", rollout.healthyAt],
  ] as const;
  return {
    commit: {
      text: rollout.commit.slice(0, 8),
      url: address === undefined ? "" : commitUrl(address, rollout.commit),
    },
    steps: times.map(([name, at], index) => {
      const before = times
        .slice(0, index)
        .flatMap(([, time]) => time ?? [])
        .at(-1);
      if (at === undefined) return { name, text: "not seen" };
      const took = before === undefined ? undefined : Date.parse(at) - Date.parse(before);
      return {
        name,
        // Two clocks: what seems to be before is at the same time, as far as can be told.
        text: took === undefined ? momentText(at, now) : `${durationText(Math.max(0, took))} later`,
      };
    }),
  };
}
