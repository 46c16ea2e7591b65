import { commitUrl } from "../../core/azure-devops/urls.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import type { EnvironmentsFacts, FolderFacts, RepositoryFacts } from "../data/load-environments.ts";
import { agoText } from "./ago.ts";
import { type CellState, cellState } from "./cell-state.ts";
import type { Place } from "./place.ts";
import { type Linked, reviewLinks, type Subject, waitLinks } from "./request-view.ts";
import { verdictOf } from "./verdict.ts";

/** One delivery in one environment. */
export type CellView = CellState & {
  /** `3 minutes ago`: when the state was said; undefined when nobody said it. */
  readonly age: string | undefined;
  /** What was last seen healthy; what git wants, where nothing was. */
  readonly version: VersionView | undefined;
  /** What git wants, where that is not what was last seen healthy. */
  readonly wanted: VersionView | undefined;
  readonly reviews: readonly Linked[];
  readonly waits: readonly Linked[];
  /** Somebody should look. */
  readonly attention: boolean;
};

export type VersionView = {
  readonly commit: Linked;
  readonly images: readonly { readonly name: string; readonly version: string }[];
};

type Of = Subject & {
  readonly repository: RepositoryFacts;
  readonly facts: Pick<EnvironmentsFacts, "snapshots">;
};

/** @returns undefined where the delivery neither is nor is about to be. */
export function cellView(of: Of, at: Place): CellView | undefined {
  const { repository, delivery, environment } = of;
  const reviews = reviewLinks(repository, of, at);
  const waits = waitLinks(repository, of, at);
  const folder = repository.folders.find(
    (one) =>
      one.environment === environment &&
      one.deliveries.some((index) => index.delivery === delivery),
  );
  if (folder !== undefined) return { ...deployedCell({ ...of, folder }, at), reviews, waits };
  if (reviews.length + waits.length === 0) return undefined;
  return {
    ...{ tone: "plain", state: "Not deployed yet", cause: "", attention: false },
    ...{ age: undefined, version: undefined, wanted: undefined, reviews, waits },
  };
}

function deployedCell(of: Of & { readonly folder: FolderFacts }, at: Place) {
  const { repository, folder, delivery, environment, facts } = of;
  const [newest] = folder.commits;
  const verdict = verdictOf(newest?.statuses ?? [], `${delivery}/${environment}`);
  const good = folder.lastGood.get(delivery);
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
    attention: state.tone === "bad" || state.tone === "warning",
  };
}

function versionView(
  { repository }: RepositoryFacts,
  commit: string,
  { index, at }: { readonly index: OwnershipIndex | undefined; readonly at: Place },
): VersionView {
  const { name: own, project } = repository;
  const { organisationUrl } = at;
  const address = { organisationUrl, project: project.name, repository: own };
  return {
    commit: { text: commit.slice(0, 8), url: commitUrl(address, commit) },
    images: Object.entries(index?.provenance.images ?? {}).map(([name, version]) => ({
      name: name.split("/").at(-1) ?? name,
      version: version.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1…"),
    })),
  };
}
