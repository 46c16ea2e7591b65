import { resolve } from "node:path";
import { listTreeBytes } from "../../clients/git-bytes.ts";
import type { RenderCharts } from "../../rendering/merge/check-merge.ts";
import { chartPuller } from "../../rendering/releases/pull-chart.ts";
import { renderReleases } from "../../rendering/releases/render-releases.ts";
import type { Deps } from "./deps.ts";
import type { Inputs } from "./inputs.ts";

/** Renders charts of two commits of the checkout. */
export function chartRenderer(
  { folder, fetchCharts, chartCache }: Inputs,
  { helm, kube, now }: Deps,
  commits: { readonly before: string; readonly after: string },
): RenderCharts {
  const pull =
    fetchCharts && helm !== undefined
      ? chartPuller({
          scratch: helm.scratch,
          ...(chartCache === "" ? {} : { cache: resolve(chartCache) }),
        })
      : undefined;
  return async ({ before, after, ownSources }) => {
    const [old, next] = await Promise.all([
      listTreeBytes(folder, commits.before),
      listTreeBytes(folder, commits.after),
    ]);
    return renderReleases(
      { before: { objects: before, bytes: old }, after: { objects: after, bytes: next } },
      { helm, kube, pull, ownSources, now },
    );
  };
}
