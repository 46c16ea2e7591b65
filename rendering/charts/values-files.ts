import { posix } from "node:path";
import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { isThere } from "../inputs/contained-files.ts";
import type { StepContext } from "../step-context.ts";
import { chartPath } from "./vendored-chart.ts";

/** The values files of a helm step in the order in which they count, the chart's own first. */
export function valuesFiles(step: StepOf<"helm">, context: StepContext): readonly string[] {
  const own = posix.join(chartPath(step.chart, context), "values.yaml");
  return [...(isThere(context.checkout, own) ? [own] : []), ...step.values.map(context.expand)];
}
