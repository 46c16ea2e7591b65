// Conditions and events of one release, in helm-controller's words.
import type { Cluster } from "../cluster.ts";
import { conditionOf, dropConditions, setCondition } from "../toolkit/status-draft.ts";
import type { HelmReleaseSpec } from "./helm-release-spec.ts";
import type { ReleaseDraft } from "./helm-release-status.ts";

type Outcome = {
  readonly type: "Released" | "Remediated" | "TestSuccess";
  readonly status: "True" | "False";
  readonly reason: string;
  readonly message: string;
};

type ChartOfEvent = { readonly version: string; readonly appVersion?: string | undefined };

/** Sets the condition and tells of it. */
export function report(
  cluster: Cluster,
  draft: ReleaseDraft,
  { chart, ...outcome }: Outcome & { readonly chart: ChartOfEvent },
): void {
  const { status, reason, message } = outcome;
  setCondition(draft, outcome);
  emit(cluster, draft, { type: status === "True" ? "Normal" : "Warning", reason, message, chart });
}

export function emit(
  cluster: Cluster,
  { object }: ReleaseDraft,
  event: {
    readonly type: "Normal" | "Warning";
    readonly reason: string;
    readonly message: string;
    readonly chart?: ChartOfEvent;
    readonly quiet?: boolean;
  },
): void {
  const { chart, ...rest } = event;
  const appVersion = chart?.appVersion;
  const metadata = {
    ...(chart ? { revision: chart.version } : {}),
    ...(appVersion ? { "app-version": appVersion } : {}),
  };
  cluster.record({ object, ...rest, controller: "helm-controller", metadata });
}

/** Composes Ready of the others: the newest generation counts first, then their rank. */
export function summarize(draft: ReleaseDraft, { test }: HelmReleaseSpec): void {
  const counts = ["Remediated", "Released"];
  if (test?.enable && !test.ignoreFailures) counts.splice(1, 0, "TestSuccess");
  if (!test?.enable) dropConditions(draft, "TestSuccess");
  const [first] = counts
    .flatMap((type) => conditionOf(draft, type) ?? [])
    .sort((a, b) => (b.observedGeneration ?? 0) - (a.observedGeneration ?? 0));
  if (!first) return;
  const { reason, message } = first;
  // Whatever had to be put right is an error.
  const status = first.type === "Remediated" ? "False" : first.status;
  if (status === "True") dropConditions(draft, "Stalled");
  setCondition(draft, { type: "Ready", status, reason, message });
}

export function setStalled(draft: ReleaseDraft, reason: string, message: string): void {
  dropConditions(draft, "Reconciling");
  setCondition(draft, { type: "Stalled", status: "True", reason, message });
}
