import type { WorkingCopy } from "../inputs/working-copy.ts";
import type { StepContext } from "../step-context.ts";
import { askingTemplates, lookingUp, type TemplateTexts } from "./asking-templates.ts";
import { readChartFiles } from "./chart-files.ts";

/** Says which templates find nothing of what they look up: they may make something else in the cluster. */
export function warnOfLookups(
  templates: TemplateTexts,
  { chart, context: { app, warn } }: { readonly chart: string; readonly context: StepContext },
): void {
  const said = lookingUp(askingTemplates(templates));
  if (said === undefined) return;
  warn(
    `app ${app.name}: ${said} objects in the cluster (chart ${chart}). Nothing of it is found while rendering: this is what they make where none is there`,
  );
}

/** The templates of a chart, those of its dependencies among them, by their paths in it. */
export async function chartTemplates(chart: string, context: StepContext): Promise<TemplateTexts> {
  const files = await readChartFiles(chart, context);
  const start = chart === "." ? "" : `${chart}/`;
  return [...files].flatMap(([path, { text }]) =>
    isTemplate(path.slice(start.length)) ? [[path.slice(start.length), text()] as const] : [],
  );
}

/** Templates of charts that lie unpacked among files. */
export function templatesAmong(
  files: readonly string[],
  copy: Pick<WorkingCopy, "read">,
): TemplateTexts {
  return files.filter((path) => isTemplate(path)).map((path) => [path, copy.read(path)]);
}

function isTemplate(path: string): boolean {
  return /(?:^|\/)templates\/.+\.(?:tpl|ya?ml)$/.test(path);
}
