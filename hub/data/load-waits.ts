import { getBuild } from "../../clients/azure-devops/builds.ts";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { parseLetter } from "../../core/run/letter.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { byConnectors, openLettersOf } from "../view/connector-statuses.ts";

/** A run that waits, as its letter on a run's branch says. */
export type Wait = {
  readonly delivery: string;
  readonly environment: string;
  readonly since: string;
  readonly build: Build;
};

/** Open letters of the runs' branches whose builds are in progress and may be seen. */
export async function loadWaits(
  ado: AzureDevOps,
  { repo, connectors }: { readonly repo: RepositoryRef; readonly connectors: ReadonlySet<string> },
): Promise<readonly Wait[]> {
  const refs = await listRefs(ado, { repo, filter: "heads/fluxgate/", includeStatuses: true });
  const open = refs.flatMap(({ statuses = [] }) =>
    openLettersOf(byConnectors(statuses, connectors)),
  );
  const waits = await Promise.all(
    open.map(async (status): Promise<readonly Wait[]> => {
      const letter = parseLetter(status);
      if (letter === undefined) return [];
      const { delivery, environment, task } = letter;
      const of = { project: task.project, build: task.build };
      const build = await getBuild(ado, of).catch(() => undefined);
      if (build === undefined || build.status === "completed") return [];
      return [{ delivery, environment, since: status.creationDate, build }];
    }),
  );
  return waits.flat();
}
