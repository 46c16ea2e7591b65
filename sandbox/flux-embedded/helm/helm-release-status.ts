import type { FluxStatus } from "../toolkit/flux-object.ts";
import type { Inventory } from "../toolkit/inventory.ts";
import type { Draft } from "../toolkit/status-draft.ts";

export const helmReleaseVersion = "helm.toolkit.fluxcd.io/v2";

export type ReleaseAction = "install" | "upgrade" | "rollback";

export type TestHook = {
  readonly lastStarted: string;
  readonly lastCompleted: string;
  readonly phase: "Succeeded" | "Failed";
};

/** What the status keeps of one version of a release. */
export type Snapshot = {
  readonly apiVersion: "v2";
  readonly digest: string;
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  readonly status: "deployed" | "failed" | "superseded";
  /** Gone once a later upgrade was recorded, as in the original. */
  readonly action?: ReleaseAction;
  readonly chartName: string;
  readonly chartVersion: string;
  readonly appVersion?: string;
  readonly configDigest: string;
  readonly firstDeployed: string;
  readonly lastDeployed: string;
  /** Present once tests ran. */
  readonly testHooks?: Readonly<Record<string, TestHook>>;
};

export type HelmReleaseStatus = FluxStatus & {
  readonly helmChart?: string;
  readonly storageNamespace?: string;
  /** Newest first. */
  readonly history?: readonly Snapshot[];
  readonly inventory?: Inventory;
  readonly failures?: number;
  readonly installFailures?: number;
  readonly upgradeFailures?: number;
  readonly lastAttemptedGeneration?: number;
  readonly lastAttemptedRevision?: string;
  readonly lastAttemptedConfigDigest?: string;
  readonly lastHandledResetAt?: string;
  readonly lastAttemptedReleaseAction?: "install" | "upgrade";
  readonly lastAttemptedReleaseActionDuration?: string;
};

export type ReleaseDraft = Draft<HelmReleaseStatus>;

/** `shop/api.v3`. */
export function fullName({ namespace, name, version }: Snapshot): string {
  return `${namespace}/${name}.v${version}`;
}

/** `api@1.2.0`. */
export function chartText({ chartName, chartVersion }: Snapshot): string {
  return `${chartName}@${chartVersion}`;
}

export function hasFailedTest({ testHooks = {} }: Snapshot): boolean {
  return Object.values(testHooks).some(({ phase }) => phase === "Failed");
}

/** The newest version before the latest that one can go back to. */
export function previousOf(
  history: readonly Snapshot[],
  ignoreTests: boolean,
): Snapshot | undefined {
  return history.slice(1).find((one) => isGood(one, ignoreTests));
}

/** The history down to the version that one could go back to. */
export function truncated(history: readonly Snapshot[], ignoreTests: boolean): readonly Snapshot[] {
  const previous = previousOf(history, ignoreTests);
  return previous ? history.slice(0, history.indexOf(previous) + 1) : history.slice(0, 5);
}

function isGood(snapshot: Snapshot, ignoreTests: boolean): boolean {
  const { status } = snapshot;
  if (status !== "deployed" && status !== "superseded") return false;
  return ignoreTests || !hasFailedTest(snapshot);
}
