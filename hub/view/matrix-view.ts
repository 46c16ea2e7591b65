import type { EnvironmentsFacts, RepositoryFacts } from "../data/load-environments.ts";
import { type CellView, cellView } from "./cell-view.ts";
import { type ClusterView, clusterView } from "./cluster-view.ts";
import { byPromotion } from "./environment-order.ts";
import type { Place } from "./place.ts";
import { subjectsOf } from "./request-view.ts";

/** What runs where: a row for each delivery, a column for each environment. */
export type MatrixView = {
  readonly columns: readonly ColumnView[];
  readonly rows: readonly RowView[];
  /** How many cells want somebody's attention. */
  readonly attention: number;
};

export type ColumnView = {
  readonly environment: string;
  /** Empty: no connector reports on it. */
  readonly clusters: readonly ClusterView[];
};

export type RowView = {
  readonly delivery: string;
  readonly repository: string;
  readonly apps: readonly string[];
  /** One for each column; undefined where the delivery is not in the environment. */
  readonly cells: readonly (CellView | undefined)[];
};

export function matrixView(facts: EnvironmentsFacts, at: Place): MatrixView {
  const names = [...facts.repositories.flatMap(subjectsOf), ...facts.snapshots];
  const environments = [...new Set(names.map(({ environment }) => environment))].sort(byPromotion);
  const rows = facts.repositories.flatMap((repository) =>
    deliveriesOf(repository).map((delivery): RowView => ({
      delivery,
      repository: repository.repository.name,
      apps: appsOf(repository, delivery),
      cells: environments.map((environment) =>
        cellView({ repository, delivery, environment, facts }, at),
      ),
    })),
  );
  const cells = rows.flatMap(({ cells: own }) => own);
  return {
    columns: environments.map((environment) => ({
      environment,
      clusters: facts.snapshots
        .filter((snapshot) => snapshot.environment === environment)
        .map((snapshot) => clusterView(snapshot, at.now)),
    })),
    rows: rows.sort((a, b) => (a.delivery < b.delivery ? -1 : a.delivery > b.delivery ? 1 : 0)),
    attention: cells.filter((cell) => cell?.attention === true).length,
  };
}

function deliveriesOf(repository: RepositoryFacts): readonly string[] {
  return [...new Set(subjectsOf(repository).map(({ delivery }) => delivery))];
}

function appsOf({ folders }: RepositoryFacts, delivery: string): readonly string[] {
  const indexes = folders
    .flatMap(({ deliveries }) => deliveries)
    .filter((index) => index.delivery === delivery);
  const apps = indexes.flatMap(({ files }) => Object.values(files).map(({ app }) => app));
  return [...new Set(apps)].sort();
}
