// helm-controller's loop over one release: step by step until nothing is left to do.
import type { Cluster } from "../cluster.ts";
import { formatDuration } from "../toolkit/durations.ts";
import { conditionOf, dropConditions, persist, setCondition } from "../toolkit/status-draft.ts";
import { correctDrift, findDrift } from "./drift.ts";
import { fullName, truncated } from "./helm-release-status.ts";
import { nextStep, type NextStep } from "./next-step.ts";
import { releaseChart, rollBack } from "./release-actions.ts";
import { emit, setStalled, summarize } from "./release-events.ts";
import { activeRemediation, timeoutOf, type ReleaseRequest } from "./release-request.ts";
import { storedReleases, type StoredRelease } from "./release-storage.ts";
import { testRelease } from "./test-release.ts";
import { uninstallFailed } from "./uninstall.ts";

/** After a pass: all done, to be tried again, or nothing to be done until something changes. */
export type ReleaseEnd = "done" | "again" | "stalled";

type Action = "install" | "upgrade" | "rollback" | "uninstall" | "test";

/** @throws RenderFailure, BuildFailure */
export async function reconcileRelease(
  cluster: Cluster,
  request: ReleaseRequest,
): Promise<ReleaseEnd> {
  const { draft, spec, release } = request;
  let released = false;
  for (;;) {
    const stored = storedReleases(cluster, release);
    const step = nextStep(request, stored);
    if (step === "give up" || step === "no way back") return giveUp(request, step);
    if (step === "look for drift") return settle(cluster, request, stored);
    const isRelease = step === "install" || step === "upgrade";
    if (isRelease && released) return retry(request);
    announceAction(cluster, request, step);
    try {
      await perform(cluster, request, { step, latest: stored[0] });
    } finally {
      summarize(draft, spec);
    }
    if (cluster.signal.aborted) return "stalled";
    if (step === "rollback" || step === "uninstall") return afterRemediation(request);
    released ||= isRelease;
    persist(cluster, draft);
  }
}

function announceAction(cluster: Cluster, { draft, spec }: ReleaseRequest, step: Action): void {
  const timed = step === "uninstall" ? "install" : step;
  const timeout = formatDuration(timeoutOf(spec, timed));
  const message = `Running '${step}' action with timeout of ${timeout}`;
  setCondition(draft, { type: "Reconciling", status: "True", reason: "Progressing", message });
  if (step === "install" || step === "upgrade") {
    setCondition(draft, { type: "Ready", status: "Unknown", reason: "Progressing", message });
  }
  persist(cluster, draft);
}

async function perform(
  cluster: Cluster,
  request: ReleaseRequest,
  { step, latest }: { readonly step: Action; readonly latest: StoredRelease | undefined },
): Promise<void> {
  switch (step) {
    case "install":
    case "upgrade":
      return releaseChart(cluster, request, step);
    case "test":
      return latest && testRelease(cluster, request, latest);
    case "rollback":
      return rollBack(cluster, request);
    case "uninstall":
      return uninstallFailed(cluster, request.draft);
  }
}

function retry({ draft }: ReleaseRequest): ReleaseEnd {
  const message = conditionOf(draft, "Ready")?.message ?? "";
  const reason = "ProgressingWithRetry";
  setCondition(draft, { type: "Reconciling", status: "True", reason, message });
  return "again";
}

function afterRemediation(request: ReleaseRequest): ReleaseEnd {
  return activeRemediation(request)?.isExhausted ? giveUp(request, "give up") : retry(request);
}

function giveUp(
  request: ReleaseRequest,
  step: Extract<NextStep, "give up" | "no way back">,
): ReleaseEnd {
  const { draft } = request;
  if (step === "no way back") {
    const cause = "missing target release for rollback: cannot remediate failed release";
    setStalled(draft, "MissingRollbackTarget", `Failed to perform remediation: ${cause}`);
    return "stalled";
  }
  const failures = activeRemediation(request)?.failures ?? 0;
  const action = draft.status.lastAttemptedReleaseAction ?? "install";
  setStalled(draft, "RetriesExceeded", `Failed to ${action} after ${failures} attempt(s)`);
  return "stalled";
}

function settle(
  cluster: Cluster,
  request: ReleaseRequest,
  stored: readonly StoredRelease[],
): ReleaseEnd {
  const { draft, spec } = request;
  const ignoresTests = activeRemediation(request)?.ignoresTests ?? false;
  draft.status = {
    ...draft.status,
    history: truncated(draft.status.history ?? [], ignoresTests),
  };
  restoreReleased(request);
  handleDrift(cluster, request, stored[0]);
  dropConditions(draft, "Reconciling");
  summarize(draft, spec);
  return "done";
}

// A rollback whose target is wanted again, or a failure that healed: in sync without an action.
function restoreReleased({ draft }: ReleaseRequest): void {
  const [latest] = draft.status.history ?? [];
  const released = conditionOf(draft, "Released");
  const isRemediated = conditionOf(draft, "Remediated")?.status === "True";
  if (!latest || (released?.status === "True" && !isRemediated)) return;
  dropConditions(draft, "Remediated");
  const isInstall = !isRemediated && released?.reason === "InstallFailed";
  const [action, reason] = isInstall
    ? ["install", "InstallSucceeded"]
    : ["upgrade", "UpgradeSucceeded"];
  const message = `Helm ${action} succeeded for release ${fullName(latest)} with chart ${latest.chartName}@${latest.chartVersion}`;
  setCondition(draft, { type: "Released", status: "True", reason, message });
}

function handleDrift(
  cluster: Cluster,
  request: ReleaseRequest,
  latest: StoredRelease | undefined,
): void {
  const { draft, spec } = request;
  const { mode = "disabled" } = spec.driftDetection ?? {};
  const [snapshot] = draft.status.history ?? [];
  if (mode === "disabled" || !latest || !snapshot) return;
  const drift = findDrift(cluster, request, latest);
  if (drift.length > 0) {
    const lines = drift.map(({ text }) => text).join("\n");
    const release = fullName(snapshot);
    const message = `Cluster state of release ${release} has drifted from the desired state:\n${lines}`;
    const reason = "DriftDetected";
    emit(cluster, draft, { type: "Warning", reason, message });
    setCondition(draft, { type: "Drifted", status: "True", reason, message });
    if (mode === "warn") return;
    persist(cluster, draft);
    correctDrift(cluster, request, { drift, release });
  }
  const message = "No drift detected against the cluster state";
  setCondition(draft, { type: "Drifted", status: "False", reason: "NoDriftDetected", message });
}
