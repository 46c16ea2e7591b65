// Which values an object's template names, and what gives them their value.
import { posix } from "node:path";
import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { valueAt } from "../../core/render/merge-values.ts";
import { mostPlaces, type ValueRead } from "../../core/render/origins.ts";
import { lineFinder } from "../../core/render/value-place.ts";
import { fileText, once } from "../inputs/contained-files.ts";
import type { StepContext, StepOutput } from "../step-context.ts";
import { configLayer, type Layer, lastOf } from "../value-layers.ts";
import { type ChartFile, type ChartFiles, readChartFiles } from "./chart-files.ts";
import { helpersOf, valueNames } from "./template-names.ts";
import { chartPath } from "./vendored-chart.ts";

const mostTemplates = 500;

/**
 * Of a helm step's templates, by their file: those of the chart, and of subcharts that lie in its
 * folder under their own names, packed or not. A subchart under another name says nothing.
 */
export async function readHelmReads(
  step: StepOf<"helm">,
  of: { readonly context: StepContext; readonly earlier: StepOutput },
): Promise<(template: string) => readonly ValueRead[]> {
  const { context, earlier } = of;
  const chart = chartPath(step.chart, context);
  const files = await readChartFiles(chart, context);
  if (!files.has(posix.join(chart, "Chart.yaml"))) return () => [];
  let layers: readonly Layer[] | undefined;
  return (template) => {
    const parents = subchartsOf(template, chart);
    const found = files.get(template);
    if (parents === undefined || found === undefined) return [];
    const own = once(context.checkout, `names of ${chart}`, () => namesOf(chart, files));
    const given = (layers ??= [...own.layersOf([]), ...layersOf(step, context)]);
    return own.readBy(template).flatMap((name) => {
      // What all charts share has one name everywhere.
      const isShared = /^global(\.|$)/.test(name);
      const whole = isShared ? name : [...parents, name].join(".");
      const set = setBy(step, { name: whole, context, earlier });
      if (set !== undefined) return [set];
      const last = lastOf(given, whole);
      if (last.length > 0) return last;
      // Of the subcharts, what the outermost says counts before the inner ones.
      const defaults = parents.flatMap((_, index) => {
        const within = parents.slice(index + 1);
        const below = isShared ? name : [...within, name].join(".");
        return lastOf(own.layersOf(parents.slice(0, index + 1)), below);
      });
      return defaults.slice(0, 1).map((read) => ({ ...read, name: whole }));
    });
  };
}

/** `["db"]` for a template of the subchart `db`, none for one of the chart; undefined for what is neither. */
function subchartsOf(template: string, chart: string): readonly string[] | undefined {
  const start = chart === "." ? "" : `${chart}/`;
  if (!template.startsWith(start)) return undefined;
  const [, charts] = /^((?:charts\/[^/]+\/)*)templates\//.exec(template.slice(start.length)) ?? [];
  return charts?.split("/").filter((part, index) => index % 2 === 1 && part !== "");
}

function templatesOf(chart: string, files: ChartFiles): readonly ChartFile[] {
  return [...files]
    .filter(([path]) => subchartsOf(path, chart) !== undefined && /\.(tpl|ya?ml)$/.test(path))
    .map(([, file]) => file)
    .slice(0, mostTemplates);
}

type Names = {
  /** The values that a template names. */
  readonly readBy: (template: string) => readonly string[];
  /** `values.yaml` of the chart, or of one below it: `["db"]`. */
  readonly layersOf: (subchart: readonly string[]) => readonly Layer[];
};

/** What is the same of a chart for all that render it, each file read when it is first asked. */
function namesOf(chart: string, files: ChartFiles): Names {
  const helpers = helpersOf(templatesOf(chart, files).map(({ text }) => text()));
  const layers = readOnce(files, (file) => [layerOf(file)]);
  return {
    readBy: readOnce(files, ({ text }) => valueNames(text(), helpers).slice(0, mostPlaces)),
    layersOf: (subchart) => {
      const within = subchart.flatMap((one) => ["charts", one]);
      return layers(posix.join(chart, ...within, "values.yaml"));
    },
  };
}

function readOnce<T>(
  files: ChartFiles,
  read: (file: ChartFile) => readonly T[],
): (path: string) => readonly T[] {
  const known = new Map<string, readonly T[]>();
  return (path) => {
    const file = files.get(path);
    const answer = known.get(path) ?? (file === undefined ? [] : read(file));
    known.set(path, answer);
    return answer;
  };
}

function layerOf({ file, text }: ChartFile): Layer {
  return { lineOf: lineFinder(text()), place: { file } };
}

/** By the step itself, or by what came before it. */
function setBy(
  step: StepOf<"helm">,
  of: {
    readonly name: string;
    readonly context: StepContext;
    readonly earlier: StepOutput;
  },
): ValueRead | undefined {
  const { name, context, earlier } = of;
  const variable = under(step.setFromVariables, name);
  if (variable !== undefined && context.config.variables.has(variable)) return { name, variable };
  if (under(step.set, name) !== undefined || under(step.setFiles, name) !== undefined) {
    return { name, file: context.delivery.file, line: step.line };
  }
  const { values, valuesFrom = [] } = earlier;
  const from = values === undefined ? undefined : valueAt(values, name);
  const [source] = valuesFrom;
  return from === undefined || source === undefined ? undefined : { name, ...source };
}

// What is set at `a` or at `a.b.c` decides `a.b` as well.
function under<T>(set: Readonly<Record<string, T>>, name: string): T | undefined {
  const key = Object.keys(set).find(
    (one) => one === name || name.startsWith(`${one}.`) || one.startsWith(`${name}.`),
  );
  return key === undefined ? undefined : set[key];
}

function layersOf(step: StepOf<"helm">, context: StepContext): readonly Layer[] {
  const { checkout, config, expand } = context;
  const files = step.values.map(expand);
  return [
    ...files.map((file) => ({ lineOf: lineFinder(fileText(checkout, file)), place: { file } })),
    ...config.files.map(configLayer),
  ];
}
