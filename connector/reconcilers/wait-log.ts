import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { appendLog, createLog, feed, updateRecords } from "../../clients/azure-devops/plans.ts";
import type { WaitKey } from "../../core/gate/wait.ts";
import type { OpenWait } from "./open-wait.ts";

/** The task that a log is of. */
export type LoggedTask = Pick<OpenWait, "timeline" | "log"> & {
  readonly wait: { readonly key: Pick<WaitKey, "project" | "plan" | "task"> };
};

/** The waiting task's log: lines are kept, shown live, and the last one stands on the record. */
export type WaitLog = {
  readonly say: (lines: readonly string[]) => Promise<void>;
  /** The last lines: nobody watches the task any more. */
  readonly end: (lines: readonly string[]) => Promise<void>;
};

/**
 * Lines carry the time that they were written at, as the agent's do, by the service's clock. A log
 * that an earlier life of the connector began is gone on with.
 */
export function openWaitLog(ado: AzureDevOps, open: LoggedTask): WaitLog {
  const { key } = open.wait;
  const plan = { project: key.project, plan: key.plan };
  let { log } = open;

  async function ensureLog(): Promise<number> {
    if (log !== undefined) return log;
    const made = await createLog(ado, { ...plan, task: key.task });
    await updateRecords(ado, {
      ...plan,
      timeline: open.timeline,
      records: [{ id: key.task, log: { id: made } }],
    });
    log = made;
    return made;
  }

  async function append(lines: readonly string[]): Promise<void> {
    const id = await ensureLog();
    const now = new Date(ado.now()).toISOString();
    await appendLog(ado, { ...plan, log: id, lines: lines.map((line) => `${now} ${line}`) });
  }

  return {
    end: append,
    say: async (lines) => {
      if (lines.length === 0) return;
      await append(lines);
      await feed(ado, { ...plan, timeline: open.timeline, record: key.task, lines });
    },
  };
}
