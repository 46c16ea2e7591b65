import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { commitUrl } from "../../core/azure-devops/urls.ts";
import { agoText } from "./ago.ts";
import { type CauseView, causeView } from "./cause-view.ts";

import { type ClusterView, clusterView } from "./cluster-view.ts";
import type { Place } from "./place.ts";
import type { Linked } from "./request-view.ts";
import type { Tone } from "./tone.ts";
import { verdictOf } from "./verdict.ts";

/** One environment from near: what its clusters run, and the commits that changed it. */
export type EnvironmentView = {
  readonly clusters: readonly (ClusterView & { readonly objects: CauseView })[];
  readonly commits: readonly CommitView[];
};

export type CommitView = {
  readonly commit: Linked;
  /** First line of the message. */
  readonly title: string;
  readonly by: string;
  readonly age: string;
  readonly tone: Tone;
  /** The environment's roll-up, as the connector put it. */
  readonly verdict: string;
};

const tones = { succeeded: "good", failed: "bad", pending: "running" } as const;

export function environmentView(
  facts: EnvironmentsFacts,
  environment: string,
  at: Place,
): EnvironmentView {
  const snapshots = facts.snapshots.filter((snapshot) => snapshot.environment === environment);
  const { organisationUrl, now } = at;
  return {
    clusters: snapshots.map((snapshot) => ({
      ...clusterView(snapshot, now),
      objects: causeView(snapshot),
    })),
    commits: facts.repositories.flatMap(({ repository, folders }) => {
      const { name, project } = repository;
      const address = { organisationUrl, project: project.name, repository: name };
      return folders
        .filter((folder) => folder.environment === environment)
        .flatMap(({ commits }) =>
          commits.map(({ commitId, comment, author, committer, statuses }): CommitView => {
            const verdict = verdictOf(statuses, environment);
            return {
              commit: { text: commitId.slice(0, 8), url: commitUrl(address, commitId) },
              title: comment.split("\n")[0] ?? "",
              by: author?.name ?? "",
              age: committer === undefined ? "" : agoText(committer.date, now),
              tone: verdict === undefined ? "plain" : tones[verdict.state],
              verdict: verdict?.text ?? "nothing said about it",
            };
          }),
        );
    }),
  };
}
