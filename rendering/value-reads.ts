// Which values an object's template names, and what gives them their value.
import { posix } from "node:path";
import type { StepOf } from "../core/delivery/steps/registry.ts";
import { mostPlaces, type Place, type ValueRead } from "../core/render/origins.ts";
import { lineFinder } from "../core/render/value-place.ts";
import { valueAt } from "../core/render/merge-values.ts";
import { valuesFiles } from "./charts/values-files.ts";
import { chartPath } from "./charts/vendored-chart.ts";
import { type ConfigFile, placeIn } from "./inputs/app-config.ts";
import { fileText, isThere } from "./inputs/contained-files.ts";
import type { StepContext, StepOutput } from "./step-context.ts";

type Layer = { readonly lineOf: ReturnType<typeof lineFinder>; readonly place: Place };

/** Of names that tokens replaced: a declared variable is over every file. */
export function tokenReads(
  config: StepContext["config"],
): (names: ReadonlySet<string>) => readonly ValueRead[] {
  const layers = config.files.map(configLayer);
  return (names) =>
    [...names].slice(0, mostPlaces).flatMap((name) => {
      if (config.variables.has(name)) return [{ name, variable: name }];
      return lastOf(layers, name);
    });
}

/** `.Values.a.b` in a template's text; comments name nothing. */
function namesInTemplate(text: string): readonly string[] {
  const code = text.slice(0, longestTemplate).replace(/\{\{-?\s*\/\*[^]*?\*\/\s*-?\}\}/g, "");
  const names = [...code.matchAll(/\.Values((?:\.[A-Za-z_]\w*)+)/g)].map(([, path = ""]) => path);
  return [...new Set(names.map((path) => path.slice(1)))].slice(0, mostPlaces);
}

const longestTemplate = 200_000;

/** Of a helm step's own templates, by their file: those of subcharts name other values. */
export function helmReads(
  step: StepOf<"helm">,
  { context, earlier }: { readonly context: StepContext; readonly earlier: StepOutput },
): (template: string) => readonly ValueRead[] {
  const { checkout, config } = context;
  const chart = chartPath(step.chart, context);
  if (!isThere(checkout, posix.join(chart, "Chart.yaml"))) return () => [];
  let layers: readonly Layer[] | undefined;
  return (template) => {
    const isOwn = template.startsWith(`${posix.join(chart, "templates")}/`);
    if (!isOwn || !isThere(checkout, template)) return [];
    layers ??= layersOf(step, context);
    const known = layers;
    return namesInTemplate(fileText(checkout, template)).flatMap((name): readonly ValueRead[] => {
      const variable = under(step.setFromVariables, name);
      if (variable !== undefined && config.variables.has(variable)) return [{ name, variable }];
      if (under(step.set, name) !== undefined || under(step.setFiles, name) !== undefined) {
        return [{ name, file: context.delivery.file, line: step.line }];
      }
      const { values, valuesFrom = [] } = earlier;
      const from = values === undefined ? undefined : valueAt(values, name);
      const [source] = valuesFrom;
      if (from !== undefined && source !== undefined) return [{ name, ...source }];
      return lastOf(known, name);
    });
  };
}

// What is set at `a` or at `a.b.c` decides `a.b` as well.
function under<T>(set: Readonly<Record<string, T>>, name: string): T | undefined {
  const key = Object.keys(set).find(
    (one) => one === name || name.startsWith(`${one}.`) || one.startsWith(`${name}.`),
  );
  return key === undefined ? undefined : set[key];
}

function layersOf(step: StepOf<"helm">, context: StepContext): readonly Layer[] {
  const { checkout, config } = context;
  const files = valuesFiles(step, context);
  return [
    ...files.map((file) => ({ lineOf: lineFinder(fileText(checkout, file)), place: { file } })),
    ...config.files.map(configLayer),
  ];
}

function configLayer(file: ConfigFile): Layer {
  return { lineOf: lineFinder(file.text), place: placeIn(file) };
}

function lastOf(layers: readonly Layer[], name: string): readonly ValueRead[] {
  const found = layers.flatMap(({ lineOf, place }) => {
    const line = lineOf(name);
    return line === undefined ? [] : [{ name, ...place, line }];
  });
  return found.slice(-1);
}
