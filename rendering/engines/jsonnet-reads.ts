// Which variables and configuration a jsonnet program names, and what gives them their value.
import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { jsonnetNames } from "../../core/render/jsonnet-names.ts";
import { valueAt } from "../../core/render/merge-values.ts";
import { mostPlaces, type ValueRead } from "../../core/render/origins.ts";
import { fileText } from "../inputs/contained-files.ts";
import type { StepContext } from "../step-context.ts";
import { configLayer, lastOf } from "../value-layers.ts";
import type { StepInput } from "./engine.ts";

/**
 * Of a program with all that it imports: it makes each of its objects. Nothing where it takes the
 * whole of the configuration, or a name that is not written down: which of it counts is not known.
 */
export function jsonnetReads(
  step: StepOf<"jsonnet">,
  { input, context }: { readonly input: StepInput; readonly context: StepContext },
): readonly ValueRead[] {
  const { checkout, config, delivery } = context;
  const programs = input.files.filter((file) => /\.(?:jsonnet|libsonnet)$/.test(file));
  const names = jsonnetNames(programs.map((file) => fileText(checkout, file)));
  if (names === undefined) return [];
  const layers = config.files.map(configLayer);
  const byStep = (name: string) => ({ name, file: delivery.file, line: step.line });
  const external = names.external.flatMap((name): readonly ValueRead[] => {
    if (Object.hasOwn(step.extVars, name)) return [byStep(name)];
    return config.variables.has(name) ? [{ name, variable: name }] : [];
  });
  const [source] = input.valuesFrom ?? [];
  const values = names.values.flatMap((name): readonly ValueRead[] => {
    const isThere = input.values !== undefined && valueAt(input.values, name) !== undefined;
    return isThere && source !== undefined ? [{ name, ...source }] : [];
  });
  const given = Object.entries(step.argumentsFromVariables).map(([name, variable]) => ({
    name,
    variable,
  }));
  return [
    ...external,
    ...given,
    ...Object.keys(step.topLevelArguments)
      .filter((name) => !Object.hasOwn(step.argumentsFromVariables, name))
      .map(byStep),
    ...names.config.flatMap((name) => lastOf(layers, name)),
    ...values,
  ].slice(0, mostPlaces);
}
