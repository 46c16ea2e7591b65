// Why nothing comes of a letter, in the log of the task that it is of: nobody else says a word there.
import { findBuild, getTimeline } from "../../clients/azure-devops/builds.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { planId, taskId } from "../../core/brand.ts";
import type { Connector } from "../connector.ts";
import type { SeenTask } from "./examine-letter.ts";
import { planOf } from "./end-wait.ts";
import { waitTaskIdsOf } from "./letter-search.ts";
import type { OpenLetter } from "./open-letters.ts";
import { openWaitLog } from "./wait-log.ts";

const whatSettles =
  "Nothing resumes this task while that is so. Where the connector's configuration is at fault, correct it: the letter is then read again. Otherwise cancel the run and run the stage again: a new attempt posts a new letter";

/**
 * Says it where the letter's task waits, and has its log: it wrote down there that it posted the letter.
 * @param of.project where its build is, by its author
 * @param of.seen what was read of its task just now; it is read where nobody did
 * @param of.isHeld another letter of the task was accepted, and its wait says the rest
 */
export async function tellRefused(
  { ado, config }: Pick<Connector, "ado" | "config">,
  of: {
    readonly open: OpenLetter;
    readonly project: string;
    readonly text: string;
    readonly isHeld: boolean;
    readonly seen: SeenTask | undefined;
  },
): Promise<void> {
  const { open, text, isHeld } = of;
  const { task } = open.letter;
  const { build, timeline } = of.seen ?? (await readTask(ado, of.project, task.build));
  if (build?.status !== "inProgress") return;
  const record = timeline?.records.find(({ id }) => id.toLowerCase() === task.task);
  const log = record?.log?.id;
  if (timeline === undefined || record === undefined || log === undefined) return;
  const waits = waitTaskIdsOf(config).map((id) => id.toLowerCase());
  const isWaiting = waits.includes(record.task?.id.toLowerCase() ?? "");
  if (!isWaiting || record.state === "completed") return;
  const key = { project: build.project.id, plan: planId(planOf(build)), task: taskId(record.id) };
  const letter = `Letter ${open.status.context.name} on ${open.carrier.slice(0, 8)}`;
  const lines = [`${letter}: ${text}`, ...(isHeld ? [] : [whatSettles])];
  await openWaitLog(ado, { wait: { key }, timeline: timeline.id, log }).say(lines);
}

async function readTask(ado: AzureDevOps, project: string, id: number): Promise<SeenTask> {
  const build = await findBuild(ado, { project, build: id });
  const timeline =
    build && (await getTimeline(ado, { project: build.project.id, build: build.id }));
  return { build, timeline };
}
