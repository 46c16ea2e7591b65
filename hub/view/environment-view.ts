import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { commitUrl, pullRequestUrl, type RepositoryAddress } from "../../core/azure-devops/urls.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import type { EnvironmentsFacts, RepositoryFacts } from "../data/load-environments.ts";
import { agoText } from "./ago.ts";
import { isOwned, type Part } from "./apps-view.ts";
import { type CauseView, causeView, type Words } from "./cause-view.ts";
import { type ClusterView, clusterView } from "./cluster-view.ts";
import type { Place } from "./place.ts";
import { type Linked, reviewLinks, waitLinks } from "./request-view.ts";
import { rolloutView, type RolloutView } from "./rollout-view.ts";
import { subjectsOf } from "./subjects.ts";
import type { Tone } from "./tone.ts";
import { treeView, type TreeNode } from "./tree-view.ts";
import { shownVerdict, verdictOf } from "./verdict.ts";

/** One environment from near: what its clusters run, and the commits that changed it. */
export type EnvironmentView = {
  readonly clusters: readonly ClusterDetail[];
  readonly commits: readonly CommitView[];
  /** Open pull requests of runs, and runs that wait. */
  readonly reviews: readonly Linked[];
  readonly waits: readonly Linked[];
};

export type ClusterDetail = ClusterView & {
  readonly objects: CauseView;
  readonly tree: readonly TreeNode[];
  readonly rollouts: readonly RolloutView[];
  /** What could not be looked at. */
  readonly gaps: readonly string[];
  /** The connector is of an older version: it tells no more. */
  readonly isPlain: boolean;
};

export type CommitView = {
  readonly commit: Linked;
  /** First line of the message. */
  readonly title: string;
  /** That it merged, as its message says. */
  readonly pullRequest: Linked | undefined;
  readonly by: string;
  readonly age: string;
  readonly tone: Tone;
  /** The environment's roll-up, as the connector put it. */
  readonly verdict: string;
};

/** @param of.part only of this app */
export function environmentView(
  facts: EnvironmentsFacts,
  of: { readonly environment: string; readonly part?: Part },
  at: Place,
): EnvironmentView {
  const { environment, part } = of;
  const snapshots = facts.snapshots.filter((snapshot) => snapshot.environment === environment);
  const statuses = facts.repositories.flatMap(({ folders }) =>
    folders
      .filter((folder) => folder.environment === environment)
      .flatMap(({ commits }) => commits[0]?.statuses ?? []),
  );
  const files = filesOf(facts, { environment, part });
  return {
    clusters: snapshots.map((whole) => {
      const snapshot = part === undefined ? whole : onlyPart(whole, { part, files });
      const words = wordsOf(statuses, whole);
      return {
        ...clusterView(snapshot, at.now),
        objects: causeView(snapshot, words),
        tree: treeView(snapshot, words),
        rollouts: (snapshot.rollouts ?? []).map((rollout) => rolloutView(rollout, facts, at)),
        gaps: snapshot.gaps ?? [],
        isPlain: snapshot.version === undefined,
      };
    }),
    commits: facts.repositories.flatMap((repository) =>
      commitsOf(repository, { environment, isConfirmed: facts.reportsRead }, at),
    ),
    ...openOf(facts, of, at),
  };
}

function openOf(
  facts: EnvironmentsFacts,
  { environment, part }: { readonly environment: string; readonly part?: Part },
  at: Place,
): Pick<EnvironmentView, "reviews" | "waits"> {
  const each = facts.repositories.flatMap((repository) => {
    const own = subjectsOf(repository).filter(
      (one) =>
        one.environment === environment && (part === undefined || part.delivery === one.delivery),
    );
    const deliveries = [...new Set(own.map(({ delivery }) => delivery))];
    return deliveries.map((delivery) => ({ repository, subject: { delivery, environment } }));
  });
  return {
    reviews: each.flatMap(({ repository, subject }) => reviewLinks(repository, subject, at)),
    waits: each.flatMap(({ repository, subject }) => waitLinks(repository, subject, at)),
  };
}

/** `Merged PR 12: …`, as Azure Repos begins the message of a merge. */
export function mergedPullRequest(message: string, address: RepositoryAddress): Linked | undefined {
  const id = Number(/^Merged PR (\d{1,9}): /.exec(message)?.[1] ?? 0);
  return id === 0 ? undefined : { text: `!${id}`, url: pullRequestUrl(address, id) };
}

function filesOf(
  facts: EnvironmentsFacts,
  { environment, part }: { readonly environment: string; readonly part: Part | undefined },
) {
  const folders = facts.repositories.flatMap((one) => one.folders);
  return folders
    .filter((folder) => folder.environment === environment)
    .flatMap(({ deliveries }) => deliveries)
    .filter(
      ({ delivery }) => part === undefined || part.delivery === "" || delivery === part.delivery,
    )
    .flatMap(({ files }) => Object.values(files));
}

/** The workloads of one app, and what leads to them. */
function onlyPart(
  snapshot: EnvironmentSnapshot,
  { part, files }: { readonly part: Part; readonly files: ReturnType<typeof filesOf> },
): EnvironmentSnapshot {
  const own = files.filter(({ app }) => app === part.app);
  const workloads = snapshot.workloads.filter((workload) =>
    part.delivery === ""
      ? !isOwned(workload, files) && workload.appliedBy?.replace("/", " ") === part.app
      : isOwned(workload, own),
  );
  const wanted = new Set(workloads.flatMap(({ appliedBy }) => appliedBy ?? []));
  const keyOf = ({ kind, namespace, name }: EnvironmentSnapshot["objects"][number]) =>
    `${kind}/${namespace}/${name}`;
  // Grows while it is walked: what applied what applied it, and their sources.
  for (const key of wanted) {
    const object = snapshot.objects.find((one) => keyOf(one) === key);
    for (const next of [object?.appliedBy, object?.source]) {
      if (next !== undefined) wanted.add(next);
    }
  }
  return {
    ...snapshot,
    workloads,
    objects: snapshot.objects.filter((object) => wanted.has(keyOf(object))),
  };
}

/** `prod/weu/Kustomization/flux-system/shop`: `failing: BuildFailed: …` → what is behind the phase. */
function wordsOf(
  statuses: readonly CommitStatus[],
  { environment, cluster, objects }: EnvironmentSnapshot,
): Words {
  const words = new Map<string, string>();
  for (const { kind, namespace, name } of objects) {
    const key = `${kind}/${namespace}/${name}`;
    const verdict = verdictOf(statuses, `${environment}/${cluster}/${key}`);
    const [, said] = /^[a-z-]+: (.+)$/s.exec(verdict?.text ?? "") ?? [];
    if (said !== undefined) words.set(key, said);
  }
  return words;
}

function commitsOf(
  { repository, folders }: RepositoryFacts,
  of: { readonly environment: string; readonly isConfirmed: boolean },
  { organisationUrl, now }: Place,
): readonly CommitView[] {
  const { environment, isConfirmed } = of;
  const { name, project } = repository;
  const address = { organisationUrl, project: project.name, repository: name };
  return folders
    .filter((folder) => folder.environment === environment)
    .flatMap(({ commits }) =>
      commits.map(({ commitId, comment, author, committer, statuses }): CommitView => {
        const { tone, text } = shownVerdict(verdictOf(statuses, environment), isConfirmed);
        return {
          commit: { text: commitId.slice(0, 8), url: commitUrl(address, commitId) },
          title: comment.split("\n")[0] ?? "",
          pullRequest: mergedPullRequest(comment, address),
          by: author?.name ?? "",
          age: committer === undefined ? "" : agoText(committer.date, now),
          tone,
          verdict: text,
        };
      }),
    );
}
