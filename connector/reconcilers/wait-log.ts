import { getTimeline } from "../../clients/azure-devops/builds.ts";
import { appendLog, createLog, feed, updateRecords } from "../../clients/azure-devops/plans.ts";
import type { Connector } from "../connector.ts";
import type { OpenWait } from "./open-wait.ts";

/** The waiting task's log: lines are kept, shown live, and the last one stands on the record. */
export type WaitLog = {
  readonly say: (lines: readonly string[]) => Promise<void>;
};

/** Lines carry the time that they were written at, as the agent's do. */
export function openWaitLog(connector: Connector, open: OpenWait): WaitLog {
  const { ado } = connector;
  const { key } = open.wait;
  const plan = { project: key.project, plan: key.plan };
  let log: number | undefined;

  async function ensureLog(): Promise<number> {
    if (log !== undefined) return log;
    const timeline = await getTimeline(ado, { project: key.project, build: key.build });
    const record = timeline?.records.find(({ id }) => id.toLowerCase() === key.task.toLowerCase());
    // A restarted connector goes on in the log that is there.
    log = record?.log?.id;
    if (log !== undefined) return log;
    log = await createLog(ado, { ...plan, task: key.task });
    await updateRecords(ado, {
      ...plan,
      timeline: open.timeline,
      records: [{ id: key.task, log: { id: log } }],
    });
    return log;
  }

  return {
    say: async (lines) => {
      if (lines.length === 0) return;
      const id = await ensureLog();
      const now = new Date().toISOString();
      await appendLog(ado, { ...plan, log: id, lines: lines.map((line) => `${now} ${line}`) });
      await feed(ado, { ...plan, timeline: open.timeline, record: key.task, lines });
    },
  };
}
