// https://learn.microsoft.com/azure/devops/pipelines/process/run-number
import { scopedVariables } from "./engine/predefined.ts";
import { resolveRuntime } from "./engine/runtime-values.ts";
import { pipelineValue } from "./engine/scopes.ts";
import { expandMacros } from "./engine/macros.ts";
import { setVariable } from "./engine/variables.ts";
import { formatDate } from "./expressions/format-date.ts";
import type { Run } from "./run.ts";
import type { PipelinesState } from "./state.ts";

const ordinary = "$(Date:yyyyMMdd).$(Rev:r)";

/** The number of a run by its pipeline's `name`; `$(Rev:r)` makes it unlike the others. */
export function runNumber(state: PipelinesState, run: Run, format = ordinary): string {
  const now = state.organisation.clock.now();
  const variables = scopedVariables(state, run, []);
  resolveRuntime(run, variables, { names: { pipeline: pipelineValue(run) } });
  const extra = {
    BuildDefinitionName: run.definition.name,
    BuildID: String(run.id),
    DayOfMonth: String(now.getUTCDate()),
    DayOfYear: String(dayOfYear(now)),
    Hours: String(now.getUTCHours()),
    Minutes: String(now.getUTCMinutes()),
    Month: String(now.getUTCMonth() + 1),
    Seconds: String(now.getUTCSeconds()),
    SourceBranchName: run.sourceBranch.split("/").at(-1) ?? "",
    TeamProject: run.definition.project.name,
    "Year:yy": formatDate(now, "yy"),
    "Year:yyyy": formatDate(now, "yyyy"),
  };
  for (const [name, value] of Object.entries(extra)) setVariable(variables, name, { value });
  const dated = format
    .replace(/\$\(Date:([^)]+)\)/gi, (_, pattern: string) => formatDate(now, pattern))
    .replace(/\$\(Date\)/gi, formatDate(now, "yyyyMMdd"))
    .replace(/\$\(Year:(yy|yyyy)\)/gi, (_, pattern: string) => formatDate(now, pattern));
  return withRevision(state, run, expandMacros(dated, variables).replace(/[/:<>\\|?@*"]/g, "_"));
}

// `$(Rev:r)` counts the runs whose number begins alike; `rr` with two digits.
function withRevision(state: PipelinesState, run: Run, text: string): string {
  const match = /\$\(Rev_(\.?)(r+)\)|\$\(Rev:(\.?)(r+)\)/i.exec(text);
  if (!match) return text;
  const dot = match[1] ?? match[3] ?? "";
  const digits = (match[2] ?? match[4] ?? "r").length;
  const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
  const start = `${before}${dot}`;
  const used = state.runs
    .filter((one) => one !== run && one.definition === run.definition)
    .map(({ buildNumber }) => buildNumber)
    .filter((number) => number.startsWith(start) && number.endsWith(after))
    .map((number) => Number(number.slice(start.length, number.length - after.length)))
    .filter((number) => Number.isInteger(number));
  return `${start}${String(Math.max(0, ...used) + 1).padStart(digits, "0")}${after}`;
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 0)) / 86_400_000);
}
