import type { Logger } from "pino";
import type { AzureDevOps } from "../clients/azure-devops/connection.ts";
import type { Priority } from "../clients/azure-devops/rate-limit.ts";

const what: Readonly<Record<Exclude<Priority, "completion">, string>> = {
  failure: "Commit statuses",
  letters: "Looks for new letters",
  progress: "Steps of rollouts in logs and statuses",
  snapshot: "Snapshots for the hub",
};

/** Is something of this priority left out for the moment? What is comes with a later look. */
export type LeavesOut = (priority: Exclude<Priority, "completion">) => boolean;

/**
 * Tells whether something is left out because the service throttles, and says so in the log when that
 * begins and when it is over.
 */
export function createLeavesOut(
  { heldBack }: Pick<AzureDevOps, "heldBack">,
  log: Logger,
): LeavesOut {
  const said = new Set<Priority>();
  return (priority) => {
    const why = heldBack?.(priority);
    if (why === undefined) {
      if (said.delete(priority)) log.info({ priority }, `${what[priority]} are no longer left out`);
      return false;
    }
    if (!said.has(priority)) {
      said.add(priority);
      log.warn({ priority, code: "throttled" }, `${what[priority]} are left out for now: ${why}`);
    }
    return true;
  };
}
