// What helm-controller does next with a release, by what is stored and what is wanted.
import { hasFailedTest, previousOf, truncated } from "./helm-release-status.ts";
import { activeRemediation, remediationOf, type ReleaseRequest } from "./release-request.ts";
import { digestOfValues } from "./release-values.ts";
import type { StoredRelease } from "./release-storage.ts";

export type NextStep =
  | "install"
  | "upgrade"
  | "test"
  | "rollback"
  | "uninstall"
  | "look for drift"
  | "give up"
  | "no way back";

export function nextStep(request: ReleaseRequest, stored: readonly StoredRelease[]): NextStep {
  const { draft, spec } = request;
  const { history = [] } = draft.status;
  const [latest] = stored;
  const [snapshot] = history;
  if (!latest) return remediationOf("install", request).isExhausted ? "give up" : "install";
  if (!snapshot) return "upgrade";
  if (latest.status === "failed") return afterFailure(request);
  if (isOutOfSync(request, latest)) {
    return remediationOf("upgrade", request).isExhausted ? "give up" : "upgrade";
  }
  if (!spec.test?.enable) return "look for drift";
  if (snapshot.testHooks === undefined) return "test";
  const remediation = activeRemediation(request);
  const counts = remediation !== undefined && !remediation.ignoresTests;
  return counts && hasFailedTest(snapshot) ? afterFailure(request) : "look for drift";
}

function isOutOfSync({ chart, configDigest }: ReleaseRequest, latest: StoredRelease): boolean {
  const { name, version, appVersion } = latest.chart;
  const isSameChart =
    name === chart.name && version === chart.version && appVersion === chart.appVersion;
  return !isSameChart || digestOfValues(latest.config) !== configDigest;
}

function afterFailure(request: ReleaseRequest): NextStep {
  const { draft } = request;
  const remediation = activeRemediation(request);
  // Without a count the circumstances have changed since.
  if (!remediation || remediation.failures === 0) return "upgrade";
  const { isExhausted, remediatesLast, ignoresTests, strategy } = remediation;
  if (isExhausted && !remediatesLast) return "give up";
  const { history = [] } = draft.status;
  draft.status = { ...draft.status, history: truncated(history, ignoresTests) };
  if (strategy === "uninstall") return "uninstall";
  return previousOf(history, ignoresTests) ? "rollback" : "no way back";
}
