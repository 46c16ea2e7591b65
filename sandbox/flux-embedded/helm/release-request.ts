import { parseDuration } from "../toolkit/durations.ts";
import type { HelmReleaseSpec, ReleaseName, Remediation } from "./helm-release-spec.ts";
import type { ReleaseDraft } from "./helm-release-status.ts";
import type { LoadedChart } from "./load-chart.ts";
import type { Values } from "./release-values.ts";

/** One pass over one HelmRelease, once its chart and values are there. */
export type ReleaseRequest = {
  readonly draft: ReleaseDraft;
  readonly spec: HelmReleaseSpec;
  readonly release: ReleaseName;
  readonly chart: LoadedChart;
  readonly values: Values;
  readonly configDigest: string;
};

const defaultTimeout = 5 * 60_000;

export function timeoutOf(
  spec: HelmReleaseSpec,
  action: "install" | "upgrade" | "rollback" | "test",
): number {
  return parseDuration(spec[action]?.timeout ?? spec.timeout) ?? defaultTimeout;
}

/** What is to be done after a failure of the last attempted action; undefined before the first. */
export type ActiveRemediation = {
  readonly failures: number;
  readonly isExhausted: boolean;
  readonly ignoresTests: boolean;
  readonly remediatesLast: boolean;
  readonly strategy: "rollback" | "uninstall";
};

/** @returns undefined where nothing was attempted yet */
export function activeRemediation({
  draft,
  spec,
}: Pick<ReleaseRequest, "draft" | "spec">): ActiveRemediation | undefined {
  const { lastAttemptedReleaseAction: action } = draft.status;
  return action && remediationOf(action, { draft, spec });
}

export function remediationOf(
  action: "install" | "upgrade",
  { draft, spec }: Pick<ReleaseRequest, "draft" | "spec">,
): ActiveRemediation {
  const remediation: Remediation = spec[action]?.remediation ?? {};
  const { retries = 0, ignoreTestFailures, strategy = "rollback" } = remediation;
  const isInstall = action === "install";
  const { installFailures = 0, upgradeFailures = 0 } = draft.status;
  const failures = isInstall ? installFailures : upgradeFailures;
  const byDefault = !isInstall && retries > 0;
  return {
    failures,
    isExhausted: retries >= 0 && failures > retries,
    ignoresTests: ignoreTestFailures ?? spec.test?.ignoreFailures ?? false,
    remediatesLast: remediation.remediateLastFailure ?? byDefault,
    strategy: isInstall ? "uninstall" : strategy,
  };
}
