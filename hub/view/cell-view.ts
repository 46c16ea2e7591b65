import { parseRunBranch } from "../../core/azure-devops/run-branch.ts";
import { commitUrl, pullRequestUrl, runUrl } from "../../core/azure-devops/urls.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import type { Tone } from "./tone.ts";
import type { EnvironmentsFacts, FolderFacts, RepositoryFacts } from "../data/load-environments.ts";
import { agoText, waitingText } from "./ago.ts";
import { cellState } from "./cell-state.ts";
import type { Place } from "./place.ts";
import { verdictOf } from "./verdict.ts";

/** One delivery in one environment. */
export type CellView = {
  readonly tone: Tone;
  /** In words, as `cellState` finds them. */
  readonly state: string;
  /** Phase and cause in plain words; empty when there is nothing to add. */
  readonly cause: string;
  /** `3 minutes ago`: when the state was said; undefined when nobody said it. */
  readonly age: string | undefined;
  /** What was last seen healthy; what git wants, where nothing was. */
  readonly version: VersionView;
  /** What git wants, where that is not what was last seen healthy. */
  readonly wanted: VersionView | undefined;
  readonly pullRequests: readonly Linked[];
  readonly waits: readonly Linked[];
  /** Somebody should look. */
  readonly attention: boolean;
};

export type VersionView = {
  readonly commit: Linked;
  readonly images: readonly { readonly name: string; readonly version: string }[];
};

export type Linked = { readonly text: string; readonly url: string };

type Of = {
  readonly repository: RepositoryFacts;
  readonly folder: FolderFacts;
  readonly delivery: string;
  readonly facts: Pick<EnvironmentsFacts, "snapshots">;
};

export function cellView(of: Of, at: Place): CellView {
  const { repository, folder, delivery, facts } = of;
  const { environment, commits, lastGood } = folder;
  const [newest] = commits;
  const verdict = verdictOf(newest?.statuses ?? [], `${delivery}/${environment}`);
  const good = lastGood.get(delivery);
  const index = folder.deliveries.find((one) => one.delivery === delivery);
  const wanted = versionView(repository, newest?.commitId ?? "", { index, at });
  const running =
    good === undefined
      ? undefined
      : versionView(repository, good.commit.commitId, { index: good.index, at });
  const state = cellState({
    verdict,
    snapshots: facts.snapshots.filter((snapshot) => snapshot.environment === environment),
    files: Object.values(index?.files ?? {}),
    now: at.now,
  });
  return {
    ...state,
    age: verdict === undefined ? undefined : agoText(verdict.at, at.now),
    version: running ?? wanted,
    wanted: running !== undefined && good?.commit !== newest ? wanted : undefined,
    pullRequests: pullRequestsOf(of, at),
    waits: waitsOf(of, at),
    attention: state.tone === "bad" || state.tone === "warning",
  };
}

function versionView(
  { repository }: RepositoryFacts,
  commit: string,
  { index, at }: { readonly index: OwnershipIndex | undefined; readonly at: Place },
): VersionView {
  const address = {
    organisationUrl: at.organisationUrl,
    project: repository.project.name,
    repository: repository.name,
  };
  return {
    commit: { text: commit.slice(0, 8), url: commitUrl(address, commit) },
    images: Object.entries(index?.provenance.images ?? {}).map(([name, version]) => ({
      name: name.split("/").at(-1) ?? name,
      version: version.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1…"),
    })),
  };
}

function pullRequestsOf({ repository, folder, delivery }: Of, at: Place): readonly Linked[] {
  const address = {
    organisationUrl: at.organisationUrl,
    project: repository.repository.project.name,
    repository: repository.repository.name,
  };
  return repository.pullRequests
    .filter(({ sourceRefName }) => {
      const branch = parseRunBranch(sourceRefName);
      return branch?.delivery === delivery && branch.environment === folder.environment;
    })
    .map(({ pullRequestId: id, creationDate }) => ({
      text: `!${id} to review, opened ${agoText(creationDate, at.now)}`,
      url: `${pullRequestUrl(address, id)}?_a=fluxgate.fluxgate.review`,
    }));
}

function waitsOf({ repository, folder, delivery }: Of, at: Place): readonly Linked[] {
  return repository.waits
    .filter((wait) => wait.delivery === delivery && wait.environment === folder.environment)
    .map(({ build, since }) => ({
      text: `${build.definition.name} ${build.buildNumber} ${waitingText(since, at.now)}`,
      url: runUrl({
        organisationUrl: at.organisationUrl,
        project: build.project.name,
        build: build.id,
      }),
    }));
}
