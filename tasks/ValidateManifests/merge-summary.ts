import { count } from "../../core/count.ts";
import type { MergeCheck } from "../../rendering/merge/check-merge.ts";

/** What the check found and what it did not look at, as the run and the pull request show it. */
export function summaryOf(check: MergeCheck): string {
  const { findings, notChecked, roots, from, objects, chartChanges, asBefore } = check;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  const head =
    asBefore !== undefined
      ? `${asBefore}.`
      : roots.length === 0
        ? "No path that Flux applies is touched."
        : `${objects} objects of ${roots.map((root) => `\`${root}\``).join(", ")} (known from ${from}): ${errors} errors, ${warnings} warnings.`;
  const charts = chartChanges.slice(0, 50).map((each) => `- ${oneLine(each)}`);
  const rendered =
    charts.length === 0 ? [] : ["", "What charts of Helm releases change:", ...charts];
  const missing = notChecked.slice(0, 20).map((each) => `- ${oneLine(each)}`);
  const more = notChecked.length > 20 ? [`- and ${notChecked.length - 20} more`] : [];
  const said = missing.length === 0 ? [] : ["", "Not checked:", ...missing, ...more];
  return [head, ...rendered, ...said].join("\n");
}

/** `2 errors: …`, for a status: at most 180 characters. */
export function statusText(check: MergeCheck): string {
  const { findings, notChecked, objects, chartChanges, asBefore } = check;
  const errors = findings.filter(({ severity }) => severity === "error");
  const [first] = errors;
  const open = notChecked.length === 0 ? "" : `, ${notChecked.length} things not checked`;
  const text =
    first === undefined
      ? (asBefore ??
        `${objects} objects${chartsText(chartChanges.length)} build and validate${open}`)
      : `${errors.length} errors: ${first.message}`;
  const line = oneLine(text);
  return line.length > 180 ? `${line.slice(0, 179)}…` : line;
}

function chartsText(charts: number): string {
  return charts === 0 ? "" : ` and ${count(charts, "changed chart")}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
