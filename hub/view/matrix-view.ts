import type { EnvironmentsFacts, FolderFacts, RepositoryFacts } from "../data/load-environments.ts";
import { type CellView, cellView } from "./cell-view.ts";
import { type ClusterView, clusterView } from "./cluster-view.ts";
import { byPromotion } from "./environment-order.ts";
import type { Place } from "./place.ts";

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

type Here = { readonly repository: RepositoryFacts; readonly folder: FolderFacts };

export function matrixView(facts: EnvironmentsFacts, at: Place): MatrixView {
  const places = facts.repositories.flatMap((repository) =>
    repository.folders.map((folder): Here => ({ repository, folder })),
  );
  const names = [
    ...places.map(({ folder }) => folder.environment),
    ...facts.snapshots.map(({ environment }) => environment),
  ];
  const environments = [...new Set(names)].sort(byPromotion);
  const rows = rowKeys(places).map(({ delivery, repository }): RowView => {
    const own = places.filter((place) => place.repository === repository);
    const found = environments.map((environment) =>
      own.find(({ folder }) => folder.environment === environment && hasDelivery(folder, delivery)),
    );
    return {
      delivery,
      repository: repository.repository.name,
      apps: [...new Set(found.flatMap((place) => appsOf(place?.folder, delivery)))].sort(),
      cells: found.map((place) =>
        place === undefined ? undefined : cellView({ ...place, delivery, facts }, at),
      ),
    };
  });
  const cells = rows.flatMap(({ cells: own }) => own);
  return {
    columns: environments.map((environment) => ({
      environment,
      clusters: facts.snapshots
        .filter((snapshot) => snapshot.environment === environment)
        .map((snapshot) => clusterView(snapshot, at.now)),
    })),
    rows,
    attention: cells.filter((cell) => cell?.attention === true).length,
  };
}

function rowKeys(places: readonly Here[]) {
  const keys = new Map<string, { delivery: string; repository: RepositoryFacts }>();
  for (const { repository, folder } of places) {
    for (const { delivery } of folder.deliveries) {
      keys.set(`${delivery}\n${repository.repository.id}`, { delivery, repository });
    }
  }
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
}

function hasDelivery(folder: FolderFacts, delivery: string): boolean {
  return folder.deliveries.some((index) => index.delivery === delivery);
}

function appsOf(folder: FolderFacts | undefined, delivery: string): readonly string[] {
  const index = folder?.deliveries.find((one) => one.delivery === delivery);
  return Object.values(index?.files ?? {}).map(({ app }) => app);
}
