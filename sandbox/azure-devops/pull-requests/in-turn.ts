import type { PullRequest } from "./pull-request.ts";

const lines = new WeakMap<PullRequest, Promise<void>>();

/**
 * Does `work` soon after, one after the other for each pull request: what the service does after
 * its answer, so that callers must look again.
 */
export function inTurn(pullRequest: PullRequest, work: () => Promise<void>): void {
  const before = lines.get(pullRequest) ?? Promise.resolve();
  const next = before.then(() => new Promise((resume) => setImmediate(resume))).then(work);
  lines.set(
    pullRequest,
    next.catch((error: unknown) => {
      const { repository } = pullRequest;
      if (!repository.project.repositories.includes(repository)) return;
      // A defect of the sandbox itself; must not pass unseen.
      process.emitWarning(error instanceof Error ? error : String(error));
    }),
  );
}
