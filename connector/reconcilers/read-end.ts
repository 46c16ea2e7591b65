// Whether a wait has its end already: by its task, by its plan, by its letter. Read anew each time,
// since somebody may have cancelled the run, and another life of the connector may have ended it.
import { getBuild, getTimeline } from "../../clients/azure-devops/builds.ts";
import { oddAnswer } from "../../clients/azure-devops/connection.ts";
import { getPlan } from "../../clients/azure-devops/plans.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import type { TimelineRecord } from "../../core/azure-devops/types.ts";
import { closingOf } from "../../core/run/statuses.ts";
import type { Connector } from "../connector.ts";
import type { OpenWait } from "./open-wait.ts";

type Room = Pick<Connector, "ado">;

/**
 * How the task has ended: a result, `without a result`, or undefined while it is still to be
 * completed. A task is gone only where a second look finds neither it nor a run that goes on.
 * @throws HttpError while that cannot be told
 */
export async function readEnd(room: Room, open: OpenWait): Promise<string | undefined> {
  return (await readTask(room, open)).end;
}

export type TaskNow = {
  /** As {@link readEnd}. */
  readonly end: string | undefined;
  /** Its job is in progress, and so is the plan. */
  readonly goesOn: boolean;
};

/** The same, and whether its job goes on. @throws HttpError while that cannot be told */
export async function readTask({ ado }: Room, open: OpenWait): Promise<TaskNow> {
  const { project, build, job } = open.wait.key;
  const timeline = await getTimeline(ado, { project, build });
  const record = timeline?.records.find((one) => isTask(one, open));
  if (!record) return { end: await readEndOfMissing({ ado }, open), goesOn: false };
  const end = record.state === "completed" ? (record.result ?? "without a result") : undefined;
  const around = timeline?.records.find(({ id }) => id.toLowerCase() === job.toLowerCase());
  return { end, goesOn: around?.state === "inProgress" };
}

async function readEndOfMissing({ ado }: Room, open: OpenWait): Promise<string | undefined> {
  const { project, build } = open.wait.key;
  const run = await getBuild(ado, { project, build });
  if (run?.status === "completed") return "without a result";
  const again = await getTimeline(ado, { project, build });
  if (!again) throw oddAnswer(`run ${build} goes on without a timeline`);
  const found = again.records.find((one) => isTask(one, open));
  if (!found) return "without a result";
  return found.state === "completed" ? (found.result ?? "without a result") : undefined;
}

function isTask({ id }: TimelineRecord, { wait }: OpenWait): boolean {
  return id.toLowerCase() === wait.key.task.toLowerCase();
}

/**
 * Is the plan over, so that it takes no events? One that is not found is asked all the same: the
 * service says then what is wrong (UNVERIFIED that it may be read: docs/unverified.md, 24).
 */
export async function readWhetherPlanIsOver({ ado }: Room, { wait }: OpenWait): Promise<boolean> {
  const { project, plan } = wait.key;
  return (await getPlan(ado, { project, plan }))?.state?.toLowerCase() === "completed";
}

// The service's times have whole seconds, and reach this process a moment late.
const clockMarginMs = 5_000;

/**
 * What the connector has said of the letter's end already; undefined while it is open. A letter that
 * came while this life looks on is not read: whoever else had closed it would have ended its task
 * first, which is read anew in any case.
 */
export async function readSaidOfLetter(
  { ado, began = Infinity, me, former = [] }: Pick<Connector, "ado" | "began" | "me" | "former">,
  { repository, wait }: OpenWait,
): Promise<"succeeded" | "failed" | undefined> {
  if (Date.parse(wait.letter.creationDate) > began + clockMarginMs) return undefined;
  const statuses = await listStatuses(ado, { repo: repository.ref, commit: wait.carrier });
  const closing = closingOf(statuses, { letter: wait.letter, reporters: new Set([me, ...former]) });
  if (closing === undefined) return undefined;
  return closing.state === "succeeded" ? "succeeded" : "failed";
}
