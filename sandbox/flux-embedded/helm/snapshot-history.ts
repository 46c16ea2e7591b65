// History in the status: what it keeps of the versions in Helm's storage.
import { createHash } from "node:crypto";
import type { ReleaseAction, ReleaseDraft, Snapshot, TestHook } from "./helm-release-status.ts";
import { digestOfValues } from "./release-values.ts";
import type { StoredRelease } from "./release-storage.ts";

function snapshotOf(release: StoredRelease): Snapshot {
  const { name, namespace, version, status, chart, firstDeployed, lastDeployed } = release;
  const digest = createHash("sha256").update(JSON.stringify(release)).digest("hex");
  return {
    ...{ apiVersion: "v2", digest: `sha256:${digest}`, name, namespace, version, status },
    ...{ chartName: chart.name, chartVersion: chart.version, firstDeployed, lastDeployed },
    ...(chart.appVersion ? { appVersion: chart.appVersion } : {}),
    configDigest: digestOfValues(release.config),
  };
}

/** Puts a new version in front. */
export function addSnapshot(
  draft: ReleaseDraft,
  release: StoredRelease,
  action: ReleaseAction,
): void {
  const { history = [] } = draft.status;
  draft.status = { ...draft.status, history: [{ ...snapshotOf(release), action }, ...history] };
}

/** Looks at an older version again; only its tests are kept, and its action where one is given. */
export function renewSnapshot(
  draft: ReleaseDraft,
  release: StoredRelease,
  action?: ReleaseAction,
): void {
  const { history = [] } = draft.status;
  const renewed = history.map((before): Snapshot => {
    if (before.version !== release.version) return before;
    const { testHooks } = before;
    return {
      ...snapshotOf(release),
      ...(action ? { action } : {}),
      ...(testHooks ? { testHooks } : {}),
    };
  });
  draft.status = { ...draft.status, history: renewed };
}

/** Notes on the newest version how its tests ended. */
export function addTestHooks(
  draft: ReleaseDraft,
  testHooks: Readonly<Record<string, TestHook>>,
): void {
  const [latest, ...others] = draft.status.history ?? [];
  if (!latest) return;
  draft.status = { ...draft.status, history: [{ ...latest, testHooks }, ...others] };
}
