import { resolve } from "node:path";
import { monotonicNow } from "../clients/monotonic.ts";
import type { RenderedRelease } from "../core/charts/rendered-release.ts";
import type { SideBytes } from "../core/charts/side-bytes.ts";
import type { AppliedObjects } from "../core/diff/tree/applied-objects.ts";
import type { Kube } from "../kube/kube.ts";
import { openHelm } from "../rendering/releases/helm-tool.ts";
import { chartPuller } from "../rendering/releases/pull-chart.ts";
import { renderReleases } from "../rendering/releases/render-releases.ts";

export type ChartOptions = {
  readonly "fetch-charts": boolean;
  readonly "chart-cache"?: string | undefined;
};

/** What the charts of changed releases render on both sides; nothing where there is no helm. */
export async function renderCharts(
  applied: AppliedObjects,
  of: {
    readonly bytes: { readonly before: SideBytes; readonly after: SideBytes };
    readonly kube: Kube;
    readonly charts: ChartOptions;
  },
): Promise<readonly RenderedRelease[]> {
  const { bytes, kube, charts } = of;
  const helm = openHelm();
  const cache = charts["chart-cache"];
  const isFetching = charts["fetch-charts"] && helm !== undefined;
  const pull = isFetching
    ? chartPuller({ scratch: helm.scratch, ...(cache && { cache: resolve(cache) }) })
    : undefined;
  try {
    const { before, after, ownSources } = applied;
    return await renderReleases(
      {
        before: { objects: before, bytes: bytes.before },
        after: { objects: after, bytes: bytes.after },
      },
      { helm, kube, pull, ownSources, now: monotonicNow },
    );
  } finally {
    helm?.close();
  }
}
