import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { loadRunChecks, type RunChecks } from "./load-run-checks.ts";
import { type Live, useLive } from "./use-live.ts";

const everyMs = 15_000;

/** What holds a run back, looked at again while it goes on; nothing of one that ended or is unknown. */
export function useRunChecks(
  ado: AzureDevOps,
  build: Build | undefined,
): Live<RunChecks | undefined> {
  const goesOn = build !== undefined && build.status !== "completed";
  const load = async (): Promise<RunChecks | undefined> =>
    goesOn ? loadRunChecks(ado, { project: build.project.id, build: build.id }) : undefined;
  const key = JSON.stringify([build?.project.id, build?.id, goesOn]);
  return useLive(load, { key, ...(goesOn ? { everyMs } : {}) });
}
