import { repositoriesBeside, type Projects } from "../repository.ts";
import type { PullRequest } from "./pull-request.ts";

const lines = new WeakMap<PullRequest, Promise<void>>();
/** Where work goes on, by the folder of its repository. */
const busy = new Map<Promise<void>, string>();

/**
 * Does `work` soon after, one after the other for each pull request: what the service does after
 * its answer, so that callers must look again.
 */
export function inTurn(
  organisation: Projects,
  pullRequest: PullRequest,
  work: () => Promise<void>,
): void {
  const { repository } = pullRequest;
  const before = lines.get(pullRequest) ?? Promise.resolve();
  const next = before
    .then(() => new Promise((resume) => setImmediate(resume)))
    .then(work)
    .catch((error: unknown) => {
      // What a removed repository still had to do is of no use to anybody.
      if (!repositoriesBeside(organisation, repository).includes(repository)) return;
      // A defect of the sandbox itself; must not pass unseen.
      process.emitWarning(error instanceof Error ? error : String(error));
    })
    .finally(() => busy.delete(next));
  busy.set(next, repository.directory);
  lines.set(pullRequest, next);
}

/** Waits until nothing goes on below the folder. */
export async function waitForAll(directory: string): Promise<void> {
  for (;;) {
    const here = [...busy].filter(([, at]) => at.startsWith(directory)).map(([work]) => work);
    if (here.length === 0) return;
    await Promise.all(here);
  }
}
