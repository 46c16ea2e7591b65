// Parsing and comparing happen beside the page, so that a large or hostile text never freezes it.
import { withCharts } from "../../core/charts/with-charts.ts";
import { compareManifests } from "../../core/diff/compare-manifests.ts";
import { analyse, type Analysed, type PlainSides, type WithCharts } from "./analyse.ts";

addEventListener("message", ({ data }: MessageEvent<Analysed | WithCharts | PlainSides>) => {
  (self as unknown as Worker).postMessage(resultOf(data));
});

function resultOf(data: Analysed | WithCharts | PlainSides) {
  if ("releases" in data) return withCharts(data.analysis, data.releases);
  return "plain" in data ? compareManifests(...data.plain) : analyse(data);
}
