// The letter: the commit status that a waiting WaitForFlux task posts on its carrier
// (tasks/WaitForFlux/task.json writes it, this file reads it). A doorbell, not evidence.
import type { CommitStatus, NewCommitStatus, StatusContext } from "../azure-devops/types.ts";
import { parseTaskLogUrl, type TaskAddress } from "../azure-devops/urls.ts";

/** Id of WaitForFlux in task.json, as timeline records name it. */
export const waitTaskId = "6a6b8f5e-0a51-4f0c-9a53-7d3f0c7c1a04";

/**
 * Id of Microsoft's InvokeRESTAPI, the other way to post the letter and wait (research: platform
 * §1.3). Anyone may use it for anything, so it counts only where the configuration lists the author.
 */
export const invokeRestApiTaskId = "9c3e8943-130d-4c78-ac63-8af81df62dfb";

/** Genre of every status that Fluxgate writes. */
export const statusGenre = "fluxgate";

export type Letter = {
  readonly delivery: string;
  readonly environment: string;
  /** The ids are the sender's claim: the timeline decides. */
  readonly task: TaskAddress;
  /** Of the waiting job, as the sender says; can only end a wait early. */
  readonly timeoutInMinutes: number | undefined;
};

const name = /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/;
const longestWaitMinutes = 72 * 60;
/** A wait ends by then. */
export const longestWaitMs = longestWaitMinutes * 60_000;

export function waitContext(of: {
  readonly delivery: string;
  readonly environment: string;
}): StatusContext {
  return { genre: statusGenre, name: `wait/${of.delivery}/${of.environment}` };
}

/** @returns undefined when the status is no letter, or one that names nothing valid. */
export function parseLetter(
  status: Pick<CommitStatus, "context" | "targetUrl" | "description">,
): Letter | undefined {
  if (status.context.genre !== statusGenre) return undefined;
  const [kind, delivery = "", environment = "", ...rest] = status.context.name.split("/");
  if (kind !== "wait" || rest.length > 0) return undefined;
  if (!name.test(delivery) || !name.test(environment)) return undefined;
  const task = parseTaskLogUrl(status.targetUrl ?? "");
  if (task === undefined) return undefined;
  return { delivery, environment, task, timeoutInMinutes: timeoutOf(status.description ?? "") };
}

function timeoutOf(description: string): number | undefined {
  const minutes = Number(/timeoutInMinutes: (\d{1,6})\b/.exec(description)?.[1] ?? 0);
  return minutes > 0 ? Math.min(minutes, longestWaitMinutes) : undefined;
}

/** Ends exactly one letter: readers pair the two by context and targetUrl. */
export function closingStatus(
  letter: Pick<CommitStatus, "context" | "targetUrl">,
  end: { readonly state: "succeeded" | "failed" | "error"; readonly description: string },
): NewCommitStatus {
  const { context, targetUrl } = letter;
  return { ...end, context, ...(targetUrl === undefined ? {} : { targetUrl }) };
}
