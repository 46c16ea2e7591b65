import type { FluxObjectBase, FluxReference } from "../flux-base.ts";
import { listAt, objectAt, textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { watching } from "./flux-kind.ts";
import { folder, present, reference } from "./read-fields.ts";

export type HelmChart = FluxObjectBase & {
  readonly kind: "HelmChart";
  readonly chart: string;
  readonly source: FluxReference;
  /** In its source, in place of the chart's own values.yaml. */
  readonly valuesFiles: readonly string[];
  /** Packed anew for each commit, not only for another version. */
  readonly byRevision: boolean;
  /** The chart's version, as HelmReleases name it. */
  readonly artifactRevision?: string;
  /** Revision of the source that the chart was packed from. */
  readonly observedSourceArtifactRevision?: string;
};

export const helmCharts: FluxKind<HelmChart> = {
  ...{ group: "source.toolkit.fluxcd.io", versions: ["v1", "v1beta2"], kind: "HelmChart" },
  ...{ resource: "helmcharts", role: "source", verbs: watching, optional: false, nudged: false },
  parse: helmChart,
  revisions: ({ artifactRevision, observedSourceArtifactRevision }) => [
    artifactRevision,
    observedSourceArtifactRevision,
  ],
  commits: ({ observedSourceArtifactRevision }) => [observedSourceArtifactRevision],
};

function helmChart(json: unknown, base: FluxObjectBase): HelmChart {
  return {
    ...base,
    kind: "HelmChart",
    chart: folder(textAt(json, "spec", "chart") ?? ""),
    source: reference(objectAt(json, "spec", "sourceRef"), base.namespace),
    valuesFiles: listAt(json, "spec", "valuesFiles").map(folder),
    byRevision: textAt(json, "spec", "reconcileStrategy") === "Revision",
    ...present({
      artifactRevision: textAt(json, "status", "artifact", "revision"),
      observedSourceArtifactRevision: textAt(json, "status", "observedSourceArtifactRevision"),
    }),
  };
}
