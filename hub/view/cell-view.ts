import { commitUrl } from "../../core/azure-devops/urls.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import type { EnvironmentsFacts, FolderFacts, RepositoryFacts } from "../data/load-environments.ts";
import { mostCounted } from "../data/load-behind.ts";
import { agoText } from "./ago.ts";
import { imagesOfWorkloads, isOwned, type Part, placedWorkloads, shownImage } from "./apps-view.ts";
import { type CellState, cellState } from "./cell-state.ts";
import { count } from "../../core/count.ts";
import type { Place } from "./place.ts";
import { type Linked, reviewLinks, waitLinks } from "./request-view.ts";
import type { Subject } from "./subjects.ts";
import { verdictOf } from "./verdict.ts";

/** One app of a delivery in one environment. */
export type CellView = CellState & {
  /** `3 minutes ago`: when the state was said; undefined when nobody said it. */
  readonly age: string | undefined;
  /** Which is which is said of each: wanted, running and last healthy never read alike. */
  readonly versions: readonly VersionView[];
  /** `3 code commits behind dev`; undefined where it is not behind, or that is not known. */
  readonly behind: string | undefined;
  readonly reviews: readonly Linked[];
  readonly waits: readonly Linked[];
  /** Somebody should look. */
  readonly attention: boolean;
};

export type VersionView = {
  readonly label: "wanted" | "running" | "last healthy" | "in the cluster";
  /** In the manifests repository; undefined for what only the cluster tells. */
  readonly commit: Linked | undefined;
  readonly images: readonly { readonly name: string; readonly version: string }[];
  /** Its folder, where several of the environment hold the app. */
  readonly folder?: string;
};

type Of = Subject &
  Part & {
    readonly repository: RepositoryFacts;
    readonly facts: Pick<EnvironmentsFacts, "snapshots" | "behind" | "reportsRead">;
  };

/** @returns undefined where the app neither is nor is about to be. */
export function cellView(of: Of, at: Place): CellView | undefined {
  const { repository, delivery, environment, app } = of;
  const reviews = reviewLinks(repository, of, at);
  const waits = waitLinks(repository, of, at);
  const folders = repository.folders.filter(
    (one) =>
      one.environment === environment &&
      one.deliveries.some(
        (index) =>
          index.delivery === delivery &&
          (app === "" || Object.values(index.files).some((file) => file.app === app)),
      ),
  );
  const cells = folders.map((folder) => ({
    ...deployedCell({ ...of, folder }, at),
    folder: folder.path === "" ? "the root" : folder.path,
  }));
  const [only] = cells;
  if (only !== undefined) {
    const cell = cells.length === 1 ? only : inSeveral(cells);
    return { ...cell, reviews, waits, attention: cell.attention || reviews.length > 0 };
  }
  const isThere = repository.folders.some(
    (one) =>
      one.environment === environment &&
      one.deliveries.some((index) => index.delivery === delivery),
  );
  if (isThere || reviews.length + waits.length === 0) return undefined;
  return {
    ...{ tone: "plain", state: "Not deployed yet", cause: "", behind: undefined },
    ...{ age: undefined, versions: [], reviews, waits, attention: reviews.length > 0 },
  };
}

// One of them would stand for all: an environment that moved leaves its old folder behind.
function inSeveral(
  cells: readonly (ReturnType<typeof deployedCell> & { readonly folder: string })[],
): ReturnType<typeof deployedCell> {
  return {
    ...{ tone: "warning", state: "In several folders", age: undefined, behind: undefined },
    cause: cells.map(({ folder, state }) => `${folder}: ${state}`).join("; "),
    versions: cells.flatMap(({ versions, folder }) => versions.map((one) => ({ ...one, folder }))),
    attention: true,
  };
}

function deployedCell(
  of: Of & { readonly folder: FolderFacts },
  at: Place,
): Omit<CellView, "reviews" | "waits"> {
  const { repository, folder, delivery, environment, app, facts } = of;
  const [newest] = folder.commits;
  const verdict = verdictOf(newest?.statuses ?? [], `${delivery}/${environment}`);
  const good = folder.lastGood.get(delivery);
  const index = folder.deliveries.find((one) => one.delivery === delivery);
  const files = Object.values(index?.files ?? {}).filter((file) => file.app === app);
  const snapshots = facts.snapshots.filter((snapshot) => snapshot.environment === environment);
  const workloads = placedWorkloads(snapshots).filter((workload) => isOwned(workload, files));
  const state = folder.looked
    ? cellState({ ...facts, verdict, snapshots, files, now: at.now })
    : folder.unread === undefined
      ? ({ tone: "plain", state: "Not read yet", cause: "" } as const)
      : ({ tone: "warning", state: "Could not be read", cause: "" } as const);
  const own = new Set(imagesOfWorkloads(workloads).map(({ name }) => name));
  const isNewest = good !== undefined && good.commit === newest;
  const version = (label: VersionView["label"], commit: string, from?: OwnershipIndex) =>
    versionView(repository, commit, { label, index: from, own, at });
  const wanted = version("wanted", newest?.commitId ?? folder.head, index);
  const versions: readonly VersionView[] = [
    ...(isNewest ? [{ ...wanted, label: "running" as const }] : [wanted]),
    ...(good === undefined || isNewest
      ? []
      : [version("last healthy", good.commit.commitId, good.index)]),
    ...(isNewest || workloads.length === 0
      ? []
      : [
          {
            label: "in the cluster" as const,
            commit: undefined,
            images: imagesOfWorkloads(workloads),
          },
        ]),
  ];
  return {
    ...state,
    age: verdict === undefined ? undefined : agoText(verdict.at, at.now),
    versions: isNewest ? withOthers(versions, workloads) : versions,
    behind: behindText(of),
    attention: state.tone === "bad" || state.tone === "warning",
  };
}

// Third-party images stand in no provenance: the cluster's workloads name them.
function withOthers(
  versions: readonly VersionView[],
  workloads: ReturnType<typeof placedWorkloads>,
): readonly VersionView[] {
  const known = new Set(versions.flatMap(({ images }) => images.map(({ name }) => name)));
  const others = imagesOfWorkloads(workloads).filter(({ name }) => !known.has(name));
  if (others.length === 0) return versions;
  return [...versions, { label: "in the cluster", commit: undefined, images: others }];
}

function behindText({ facts, delivery, environment }: Of): string | undefined {
  const found = facts.behind.find(
    (one) => one.delivery === delivery && one.environment === environment,
  );
  if (found?.unread !== undefined) return `how far behind ${found.than} could not be read`;
  if (found?.commits === undefined || found.commits === 0) return undefined;
  const some = found.commits >= mostCounted ? `${mostCounted} or more code commits` : undefined;
  return `${some ?? count(found.commits, "code commit")} behind ${found.than}`;
}

function versionView(
  { repository }: RepositoryFacts,
  commit: string,
  of: {
    readonly label: VersionView["label"];
    readonly index: OwnershipIndex | undefined;
    /** Names of the app's own images, where the cluster tells them; empty: of the delivery. */
    readonly own: ReadonlySet<string>;
    readonly at: Place;
  },
): VersionView {
  const { name: repositoryName, project } = repository;
  const { organisationUrl } = of.at;
  const address = { organisationUrl, project: project.name, repository: repositoryName };
  const images = Object.entries(of.index?.provenance.images ?? {}).map(([name, version]) =>
    shownImage(version.startsWith("@") ? `${name}${version}` : `${name}:${version}`),
  );
  const own = images.filter(({ name }) => of.own.has(name));
  return {
    label: of.label,
    commit: { text: commit.slice(0, 8), url: commitUrl(address, commit) },
    images: of.own.size > 0 ? own : images,
  };
}
