import type { Cluster } from "../cluster.ts";
import { chartText, fullName, type ReleaseDraft } from "./helm-release-status.ts";
import { releaseNameOf } from "./helm-release-spec.ts";
import { emit, report } from "./release-events.ts";
import { removeResources } from "./release-resources.ts";
import { forgetRelease, storedReleases } from "./release-storage.ts";

/** Takes a release and its history away: the HelmRelease is deleted. */
export function uninstall(cluster: Cluster, draft: ReleaseDraft): void {
  const latest = draft.status.history?.[0];
  if (!remove(cluster, draft) || !latest) return;
  const { chartVersion: version, appVersion } = latest;
  const message = `Helm uninstall succeeded for release ${fullName(latest)} with chart ${chartText(latest)}`;
  const reason = "UninstallSucceeded";
  emit(cluster, draft, { type: "Normal", reason, message, chart: { version, appVersion } });
}

/** Takes away what a failed installation left. */
export function uninstallFailed(cluster: Cluster, draft: ReleaseDraft): void {
  const latest = draft.status.history?.[0];
  if (!latest) return;
  remove(cluster, draft);
  const { chartVersion: version, appVersion } = latest;
  report(cluster, draft, {
    ...{ type: "Remediated", status: "True", reason: "UninstallSucceeded" },
    message: `Helm uninstall remediation for release ${fullName(latest)} with chart ${chartText(latest)} succeeded`,
    chart: { version, appVersion },
  });
}

function remove(cluster: Cluster, { object }: ReleaseDraft): boolean {
  const release = releaseNameOf(object);
  const stored = storedReleases(cluster, release);
  for (const one of stored) {
    if (one === stored[0]) removeResources(cluster, one.objects, []);
    forgetRelease(cluster, release, one);
  }
  return stored.length > 0;
}
