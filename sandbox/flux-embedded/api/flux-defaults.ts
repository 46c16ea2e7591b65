// What the schemas of Flux' definitions fill in (config/crd/bases of each controller).
import { isRecord, type KubeObject } from "./kube-object.ts";

const specDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  GitRepository: { timeout: "60s" },
  OCIRepository: { timeout: "60s", provider: "generic" },
  HelmRepository: { provider: "generic" },
  HelmChart: { version: "*", reconcileStrategy: "ChartVersion" },
  Kustomization: { force: false },
};
const withoutStatus = ["Alert", "Provider"];

/** Adds the defaults to an object of a Flux kind, in place. */
export function addFluxDefaults(object: KubeObject): void {
  const defaults = specDefaults[object.kind];
  if (defaults && isRecord(object.spec)) object.spec = { ...defaults, ...object.spec };
  if (object.kind === "HelmRelease") addChartDefaults(object);
  if (!withoutStatus.includes(object.kind)) object.status ??= { observedGeneration: -1 };
}

// A HelmRelease holds the template of a HelmChart.
function addChartDefaults({ spec }: KubeObject): void {
  const chart = isRecord(spec) ? spec["chart"] : undefined;
  if (!isRecord(chart) || !isRecord(chart["spec"])) return;
  chart["spec"] = { ...specDefaults["HelmChart"], ...chart["spec"] };
}
