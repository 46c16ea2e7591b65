import type { StepOf } from "../core/delivery/steps/registry.ts";
import { valuePlace } from "../core/render/value-place.ts";
import { fileText } from "./inputs/contained-files.ts";
import type { PreparedApp } from "./render-app.ts";
import type { StepContext } from "./step-context.ts";
import { valuesFiles } from "./charts/values-files.ts";

export type ValueSource = {
  /** `deploy/values.yaml:3`, `variable REPLICAS (pipeline variable)`. */
  readonly place: string;
  readonly value: unknown;
};

/**
 * Everything that gives an app a value of this name, the winner last: the order of a helm step's
 * values; a declared variable is over all files where a token or jsonnet asks.
 */
export function explainValue({ context }: PreparedApp, name: string): readonly ValueSource[] {
  const { app, config } = context;
  const found: ValueSource[] = [];
  const add = (file: string, text: string) => {
    const place = valuePlace(text, name);
    if (place) found.push({ place: `${file}:${place.line}`, value: place.value });
  };
  const helm = app.render.filter((step) => step.engine === "helm");
  for (const step of helm) {
    for (const file of valuesFiles(step, context)) {
      add(file, fileText(context.checkout, file));
    }
  }
  for (const { path, text } of config.files) add(path, text);
  for (const step of helm) found.push(...settings(step, name, context));
  const variable = config.variables.get(name);
  if (variable) {
    found.push({ place: `variable ${name} (${variable.origin})`, value: variable.value });
  }
  return found;
}

function settings(
  step: StepOf<"helm">,
  name: string,
  { config }: StepContext,
): readonly ValueSource[] {
  const set = step.set[name];
  const from = step.setFromVariables[name];
  const variable = from === undefined ? undefined : config.variables.get(from);
  const line = `fluxgate.yaml:${step.line}`;
  return [
    ...(set === undefined ? [] : [{ place: `${line}, set`, value: set }]),
    ...(from === undefined || variable === undefined
      ? []
      : [
          {
            place: `${line}, setFromVariables: variable ${from} (${variable.origin})`,
            value: variable.value,
          },
        ]),
  ];
}
