import { getBuild } from "../../clients/azure-devops/builds.ts";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Build, CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import { parseLetter } from "../../core/run/letter.ts";
import { byConnectors, openLettersOf } from "../view/connector-statuses.ts";
import { findCarrier, withoutLetter } from "./find-letters.ts";
import type { Memory } from "./memory.ts";
import { reading, takeVisible } from "./read.ts";

/** A run that waits, as its letter says. */
export type Wait = {
  readonly delivery: string;
  readonly environment: string;
  readonly since: string;
  readonly project: string;
  readonly number: number;
  /** Undefined: it is gone, or not for this viewer; its letter is open all the same. */
  readonly build: Build | undefined;
  /** Somebody has pushed to its branch since it began to wait. */
  readonly isPushed: boolean;
};

export type Waits = {
  readonly waits: readonly Wait[];
  /** Why it is not known of some whether they still wait. */
  readonly unread: readonly unknown[];
};

type Of = {
  readonly repo: RepositoryRef;
  readonly connectors: ReadonlySet<string>;
  /** Pull requests of runs in this repository, in any state, newest first. */
  readonly made: readonly PullRequest[];
};

const atOnce = 4;

/**
 * Open letters of runs, but for those of builds that have ended: on the heads of their branches, and on
 * what they made where the branch was pushed to, or is gone since the merge.
 */
export async function loadWaits(ado: AzureDevOps, of: Of, memory: Memory): Promise<Waits> {
  const { repo, connectors, made } = of;
  const refs = await listRefs(ado, { repo, filter: "heads/fluxgate/", includeStatuses: true });
  const onHeads = refs.map(({ statuses = [] }) => ({ statuses, isPushed: false }));
  const others = withoutLetter(made, { refs, now: ado.now() });
  const found = await mapLimited(others, atOnce, (pullRequest) =>
    reading(findCarrier(ado, { repo, pullRequest, connectors }, memory)),
  );
  const elsewhere = found.flatMap((one) => ("value" in one && one.value ? [one.value] : []));
  const waits = await waitsOf(
    ado,
    [...onHeads, ...elsewhere].map((one) => ({
      ...one,
      statuses: byConnectors(one.statuses, connectors),
    })),
  );
  const errors = found.flatMap((one) => ("error" in one ? [one.error] : []));
  return { ...waits, unread: [...waits.unread, ...errors] };
}

/** The waits among what was said of some commits. */
export async function waitsOf(
  ado: AzureDevOps,
  carriers: readonly {
    readonly statuses: readonly CommitStatus[];
    readonly isPushed: boolean;
  }[],
): Promise<Waits> {
  const open = carriers.flatMap(({ statuses, isPushed }) =>
    openLettersOf(statuses).map((status) => ({ status, isPushed })),
  );
  const found = await mapLimited(open, atOnce, async ({ status, isPushed }): Promise<Waits> => {
    const letter = parseLetter(status);
    if (letter === undefined) return none;
    const { delivery, environment, task } = letter;
    const build = await reading(
      takeVisible(getBuild(ado, { project: task.project, build: task.build })),
    );
    if ("error" in build) return { waits: [], unread: [build.error] };
    if (build.value?.status === "completed") return none;
    const wait = { delivery, environment, since: status.creationDate, build: build.value };
    const run = { project: task.project, number: task.build };
    return { waits: [{ ...wait, ...run, isPushed }], unread: [] };
  });
  return {
    waits: found.flatMap(({ waits }) => waits),
    unread: found.flatMap(({ unread }) => unread),
  };
}

const none: Waits = { waits: [], unread: [] };
