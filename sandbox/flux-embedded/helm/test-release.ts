import type { Cluster } from "../cluster.ts";
import { chartText, fullName } from "./helm-release-status.ts";
import { report } from "./release-events.ts";
import { activeRemediation, timeoutOf, type ReleaseRequest } from "./release-request.ts";
import type { StoredRelease } from "./release-storage.ts";
import { runHooks } from "./run-hooks.ts";
import { addTestHooks } from "./snapshot-history.ts";

/** Runs the tests of the newest version and notes how they ended. */
export async function testRelease(
  cluster: Cluster,
  request: ReleaseRequest,
  { hooks }: StoredRelease,
): Promise<void> {
  const { draft, spec, chart } = request;
  const timeoutMs = timeoutOf(spec, "test");
  const { ran, failure } = await runHooks(cluster, { hooks, event: "test", timeoutMs });
  if (cluster.signal.aborted) return;
  addTestHooks(draft, ran);
  const [latest] = draft.status.history ?? [];
  if (!latest) return;
  const at = `for release ${fullName(latest)} with chart ${chartText(latest)}`;
  if (failure === undefined) {
    const count = Object.keys(ran).length;
    const words = `${count} test hook${count > 1 ? "s" : ""} completed successfully`;
    const message = `Helm test succeeded ${at}: ${count === 0 ? "no test hooks" : words}`;
    const reason = "TestSucceeded";
    report(cluster, draft, { type: "TestSuccess", status: "True", reason, message, chart });
    return;
  }
  draft.status = { ...draft.status, failures: (draft.status.failures ?? 0) + 1 };
  const message = `Helm test failed ${at}: ${failure}`;
  const reason = "TestFailed";
  report(cluster, draft, { type: "TestSuccess", status: "False", reason, message, chart });
  const remediation = activeRemediation(request);
  const { lastAttemptedReleaseAction: action } = draft.status;
  if (!action || !remediation || remediation.ignoresTests) return;
  draft.status = { ...draft.status, [`${action}Failures`]: remediation.failures + 1 };
}
