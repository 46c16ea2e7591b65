// Parsing and comparing happen beside the page, so that a large or hostile text never freezes it.
import { withCharts } from "../../core/charts/with-charts.ts";
import { analyse, type Analysed, type WithCharts } from "./analyse.ts";

addEventListener("message", ({ data }: MessageEvent<Analysed | WithCharts>) => {
  const result = "releases" in data ? withCharts(data.analysis, data.releases) : analyse(data);
  (self as unknown as Worker).postMessage(result);
});
