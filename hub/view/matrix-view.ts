import type { EnvironmentsFacts, RepositoryFacts } from "../data/load-environments.ts";
import { type Part, othersOf, partName, placedWorkloads } from "./apps-view.ts";
import { type CellView, cellView } from "./cell-view.ts";
import { type ClusterView, clusterView } from "./cluster-view.ts";
import { environmentNames } from "./environment-names.ts";
import { otherCell } from "./other-cell.ts";
import type { Place } from "./place.ts";
import { subjectsOf } from "./subjects.ts";

/** What runs where: a row for each application, a column for each environment. */
export type MatrixView = {
  readonly columns: readonly ColumnView[];
  readonly rows: readonly RowView[];
  /** Before the filter. */
  readonly allRows: number;
  readonly environments: readonly string[];
  /** How many cells of the shown columns want somebody's attention. */
  readonly attention: number;
  /** Clusters of the shown columns whose state may be old, a sentence each. */
  readonly stale: readonly string[];
};

export type ColumnView = {
  readonly environment: string;
  /** Empty: no connector reports on it; undefined: that could not be read. */
  readonly clusters: readonly ClusterView[] | undefined;
};

export type RowView = Part & {
  readonly name: string;
  readonly repository: string;
  /** One for each column; undefined where it is not in the environment. */
  readonly cells: readonly (CellView | undefined)[];
  readonly attention: boolean;
};

/** What the address says is wanted of it. */
export type MatrixFilter = {
  readonly text: string;
  /** `all`, `attention`, `healthy`. */
  readonly health: string;
  /** `attention` or `name`. */
  readonly sort: string;
  /** Environments whose cells are shown. */
  readonly shown: readonly string[];
};

export function matrixView(facts: EnvironmentsFacts, filter: MatrixFilter, at: Place): MatrixView {
  const columns = filter.shown.map((environment) => ({
    environment,
    clusters: facts.reportsRead
      ? facts.snapshots
          .filter((snapshot) => snapshot.environment === environment)
          .map((snapshot) => clusterView(snapshot, at.now))
      : undefined,
  }));
  const rows = [
    ...facts.repositories.flatMap((repository) => deliveryRows(facts, repository, { filter, at })),
    ...otherRows(facts, { filter, at }),
  ];
  const here = rows.filter(({ cells }) => cells.some((cell) => cell !== undefined));
  const wanted = here.filter((row) => isWanted(row, filter)).sort(orderOf(filter));
  return {
    columns,
    rows: wanted,
    allRows: here.length,
    environments: environmentNames(facts),
    attention: here.flatMap(({ cells }) => cells).filter((cell) => cell?.attention === true).length,
    stale: columns.flatMap(({ environment, clusters = [] }) =>
      clusters
        // One that is not active decides nothing that stands below.
        .filter(({ current, isActive }) => isActive && !current)
        .map(
          ({ name, text }) =>
            `${environment}, cluster ${name}: ${text}. What stands below may be old.`,
        ),
    ),
  };
}

type Asked = { readonly filter: MatrixFilter; readonly at: Place };

function deliveryRows(
  facts: EnvironmentsFacts,
  repository: RepositoryFacts,
  { filter, at }: Asked,
): readonly RowView[] {
  return partsOf(repository).map((part) =>
    rowOf(part, {
      repository: repository.repository.name,
      cells: filter.shown.map((environment) =>
        cellView({ repository, ...part, environment, facts }, at),
      ),
    }),
  );
}

function otherRows(facts: EnvironmentsFacts, { filter, at }: Asked): readonly RowView[] {
  const files = facts.repositories.flatMap(({ folders }) =>
    folders.flatMap(({ environment, deliveries }) =>
      deliveries.flatMap((index) =>
        Object.values(index.files).map((file) => ({ environment, file })),
      ),
    ),
  );
  const byEnvironment = filter.shown.map((environment) => {
    const snapshots = facts.snapshots.filter((snapshot) => snapshot.environment === environment);
    const owned = files.flatMap((one) => (one.environment === environment ? one.file : []));
    return othersOf(placedWorkloads(snapshots), owned);
  });
  const names = [...new Set(byEnvironment.flatMap((others) => [...others.keys()]))];
  return names.map((app) =>
    rowOf(
      { delivery: "", app },
      {
        repository: facts.namesRead ? "not from a delivery" : "from a delivery or not: not known",
        cells: byEnvironment.map((others, index) => {
          const workloads = others.get(app);
          const environment = filter.shown[index] ?? "";
          const snapshots = facts.snapshots.filter((one) => one.environment === environment);
          return workloads && otherCell(workloads, { snapshots, now: at.now });
        }),
      },
    ),
  );
}

function rowOf(part: Part, of: Pick<RowView, "repository" | "cells">): RowView {
  const attention = of.cells.some((cell) => cell?.attention === true);
  return { ...part, name: partName(part), ...of, attention };
}

/** Apps of its deliveries; a delivery that is about to come has one without a name. */
function partsOf(repository: RepositoryFacts): readonly Part[] {
  const there = repository.folders.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ delivery, files }) =>
      Object.values(files).map(({ app }) => ({ delivery, app })),
    ),
  );
  const known = new Set(there.map(({ delivery }) => delivery));
  const coming = subjectsOf(repository)
    .filter(({ delivery }) => !known.has(delivery))
    .map(({ delivery }) => ({ delivery, app: "" }));
  const parts = [...there, ...coming];
  return [...new Map(parts.map((part) => [partName(part), part])).values()];
}

function isWanted(row: RowView, { text, health }: MatrixFilter): boolean {
  const cells = row.cells.flatMap((cell) => cell ?? []);
  const isSo =
    health === "attention"
      ? row.attention
      : health === "healthy"
        ? cells.every(({ tone }) => tone === "good")
        : true;
  if (!isSo || text === "") return isSo;
  const words = [
    ...[row.name, row.repository],
    ...cells.flatMap(({ state, cause, versions }) => [
      ...[state, cause],
      ...versions.flatMap(({ images }) => images.map(({ name, version }) => `${name}:${version}`)),
    ]),
  ];
  return words.some((word) => word.toLowerCase().includes(text.toLowerCase()));
}

function orderOf({ sort }: MatrixFilter) {
  return (a: RowView, b: RowView) => {
    const rank = ({ attention, delivery }: RowView) =>
      (sort === "name" || !attention ? 2 : 0) + (delivery === "" ? 1 : 0);
    return rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  };
}
