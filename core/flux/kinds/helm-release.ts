import type { ApplierBase, Dependency, FluxObjectBase, FluxReference } from "../flux-base.ts";
import { readInventory } from "../inventory.ts";
import type { Json } from "../read-json.ts";
import { flagAt, listAt, numberAt, objectAt, objectsAt, textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { watching } from "./flux-kind.ts";
import type { HelmChart } from "./helm-chart.ts";
import {
  dependencies,
  folder,
  healthCheckExpression,
  kubeConfig,
  present,
  reference,
  references,
} from "./read-fields.ts";

export type HelmRelease = ApplierBase & {
  readonly kind: "HelmRelease";
  /** `spec.chart`; absent with `chartRef`. */
  readonly chart?: Pick<HelmChart, "chart" | "source" | "valuesFiles">;
  readonly chartRef?: FluxReference;
  readonly valuesFrom: readonly FluxReference[];
  readonly dependsOn: readonly Dependency[];
  /** The HelmChart made for it, `<namespace>/<name>`. */
  readonly helmChart?: string;
  /** A chart version, never a commit. */
  readonly lastAttemptedRevision?: string;
  /** Of an OCIRepository's chart: `sha256:…`. */
  readonly lastAttemptedRevisionDigest?: string;
  /** Of the spec whose install or upgrade it tried last. */
  readonly lastAttemptedGeneration?: number;
  readonly lastAttemptedConfigDigest?: string;
  /**
   * Its API knows `reconcile.fluxcd.io/resetAt` (Flux 2.2), and answers it (`lastHandledResetAt`) only once it
   * has read its values.
   */
  readonly resets: boolean;
  readonly lastHandledResetAt?: string;
  /** It does not wait for what it applied: Ready says nothing of health. */
  readonly disableWait: boolean;
  /** It waits for all but its Jobs. */
  readonly skipsJobs?: true;
};

export const helmReleases: FluxKind<HelmRelease> = {
  group: "helm.toolkit.fluxcd.io",
  versions: ["v2", "v2beta2", "v2beta1"],
  ...{ kind: "HelmRelease", resource: "helmreleases", role: "applier" },
  ...{ verbs: watching, optional: false, nudged: true },
  parse: helmRelease,
  revisions: ({ lastAttemptedRevision, lastAttemptedConfigDigest }) => [
    lastAttemptedRevision,
    lastAttemptedConfigDigest,
  ],
  // A chart version, never a commit.
  commits: () => [],
};

function helmRelease(json: unknown, base: FluxObjectBase): HelmRelease {
  const spec = objectAt(json, "spec");
  const status = objectAt(json, "status");
  const chart = textAt(spec, "chart", "spec", "chart");
  const chartRef = objectAt(spec, "chartRef");
  return {
    ...base,
    kind: "HelmRelease",
    valuesFrom: references(objectsAt(spec, "valuesFrom"), base),
    dependsOn: dependencies(spec, base, "HelmRelease"),
    disableWait: actionHas(spec, "disableWait"),
    resets: textAt(json, "apiVersion") !== "helm.toolkit.fluxcd.io/v2beta1",
    ...(actionHas(spec, "disableWaitForJobs") ? { skipsJobs: true } : {}),
    healthCheckExprs: objectsAt(spec, "healthCheckExprs").map(healthCheckExpression),
    inventory: readInventory(json),
    ...present({
      kubeConfig: kubeConfig(spec, base),
      chart:
        chart === undefined
          ? undefined
          : {
              chart: folder(chart),
              source: reference(objectAt(spec, "chart", "spec", "sourceRef"), base.namespace),
              valuesFiles: listAt(spec, "chart", "spec", "valuesFiles").map(folder),
            },
      chartRef:
        textAt(chartRef, "name") === undefined ? undefined : reference(chartRef, base.namespace),
      helmChart: textAt(status, "helmChart"),
      lastAttemptedRevision: textAt(status, "lastAttemptedRevision"),
      lastAttemptedRevisionDigest: textAt(status, "lastAttemptedRevisionDigest"),
      lastAttemptedGeneration: numberAt(status, "lastAttemptedGeneration"),
      lastAttemptedConfigDigest: textAt(status, "lastAttemptedConfigDigest"),
      lastHandledResetAt: textAt(status, "lastHandledResetAt"),
    }),
  };
}

function actionHas(spec: Json, flag: string): boolean {
  return ["install", "upgrade"].some((action) => flagAt(spec, action, flag));
}
