import { getBuild } from "../../clients/azure-devops/builds.ts";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { parseLetter } from "../../core/run/letter.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { byConnectors, openLettersOf } from "../view/connector-statuses.ts";
import { reading, takeVisible } from "./read.ts";

/** A run that waits, as its letter on a run's branch says. */
export type Wait = {
  readonly delivery: string;
  readonly environment: string;
  readonly since: string;
  readonly project: string;
  readonly number: number;
  /** Undefined: it is gone, or not for this viewer; its letter is open all the same. */
  readonly build: Build | undefined;
};

export type Waits = {
  readonly waits: readonly Wait[];
  /** Why it is not known of some whether they still wait. */
  readonly unread: readonly unknown[];
};

/** Open letters of the runs' branches, but for those of builds that have ended. */
export async function loadWaits(
  ado: AzureDevOps,
  { repo, connectors }: { readonly repo: RepositoryRef; readonly connectors: ReadonlySet<string> },
): Promise<Waits> {
  const refs = await listRefs(ado, { repo, filter: "heads/fluxgate/", includeStatuses: true });
  const open = refs.flatMap(({ statuses = [] }) =>
    openLettersOf(byConnectors(statuses, connectors)),
  );
  const found = await Promise.all(
    open.map(async (status): Promise<Waits> => {
      const letter = parseLetter(status);
      if (letter === undefined) return none;
      const { delivery, environment, task } = letter;
      const build = await reading(
        takeVisible(getBuild(ado, { project: task.project, build: task.build })),
      );
      if ("error" in build) return { waits: [], unread: [build.error] };
      if (build.value?.status === "completed") return none;
      const wait = { delivery, environment, since: status.creationDate, build: build.value };
      return { waits: [{ ...wait, project: task.project, number: task.build }], unread: [] };
    }),
  );
  return {
    waits: found.flatMap(({ waits }) => waits),
    unread: found.flatMap(({ unread }) => unread),
  };
}

const none: Waits = { waits: [], unread: [] };
