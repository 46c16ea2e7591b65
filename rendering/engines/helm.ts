import { join } from "node:path";
import type { HelmStep } from "../../core/delivery/delivery.ts";
import { InputError } from "../../core/errors.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import { chartDependencies } from "../charts/chart-dependencies.ts";
import { filesUnder } from "../inputs/contained-files.ts";
import { refuseLostPlaceholders } from "../checks/refuse-lost-placeholders.ts";
import type { StepContext } from "../step-context.ts";
import { chartPath } from "../charts/vendored-chart.ts";
import type { RenderEngine, StepInput } from "./engine.ts";
import { helmOutput } from "./helm-output.ts";

/** `helm template` of a chart folder or a packaged chart. */
export const helmEngine: RenderEngine<HelmStep> = {
  tools: () => ["helm"],
  inputs: (step, context) => {
    const { checkout, expand } = context;
    const chart = chartPath(step.chart, context);
    const places = [chart, ...[...step.values, ...Object.values(step.setFiles)].map(expand)];
    const files = places.flatMap((place) => filesUnder(checkout, place));
    const dependencies = chartDependencies(chart, context);
    return [...new Set([...files, ...dependencies.map(({ from }) => from)])];
  },
  run: async (step, input, context) => {
    const { copy, expand, run, warn } = context;
    refuseLostPlaceholders(step.values.map(expand), context);
    const values = writtenValues(input, context);
    const chart = chartPath(step.chart, context);
    const dependencies = chartDependencies(chart, context);
    for (const { from, to } of dependencies) copy.place(from, to);
    const files = [...input.files, ...dependencies.map(({ to }) => to)];
    const args = helmArguments(step, { chart, context, values });
    // A chart may read every file of its folder, .git among them where that is the checkout itself.
    const cwd = chart === "." ? copy.ownRootFor(files) : copy.rootFor(files);
    const output = await run("helm", args, { cwd });
    const { texts, hooks } = helmOutput(output, { chart, hooks: step.hooks });
    if (hooks.length > 0) {
      warn(
        `app ${context.app.name}: hooks of chart ${chart} are left out: ${[...new Set(hooks)].join(", ")}. With hooks: true they are ordinary objects`,
      );
    }
    return { texts, keepsInput: true };
  },
};

type Given = {
  readonly chart: string;
  readonly context: StepContext;
  readonly values: readonly string[];
};

function helmArguments(step: HelmStep, { chart, context, values }: Given): readonly string[] {
  const { environment, config, expand } = context;
  const option = (name: string, all: readonly string[]) => all.flatMap((each) => [name, each]);
  const files = Object.entries(step.setFiles).map(([path, file]) => `${path}=${expand(file)}`);
  return [
    "template",
    step.release,
    chart,
    ...(step.namespace === undefined ? [] : ["--namespace", step.namespace]),
    ...option("--values", [
      ...step.values.map(expand),
      ...config.files.map(({ absolute }) => absolute),
      ...values,
    ]),
    ...option("--set-file", files),
    ...option("--set-json", setValues(step, context)),
    ...(step.includeCRDs ? ["--include-crds"] : []),
    ...(step.skipTests ? ["--skip-tests"] : []),
    ...(step.skipSchemaValidation ? ["--skip-schema-validation"] : []),
    ...(environment.kubernetesVersion === undefined
      ? []
      : ["--kube-version", environment.kubernetesVersion]),
    ...option("--api-versions", [...environment.apiVersions, ...step.apiVersions]),
  ];
}

function setValues(step: HelmStep, { config, environment }: StepContext): readonly string[] {
  const fromVariables = Object.entries(step.setFromVariables).map(([path, name]) => {
    const variable = config.variables.get(name);
    if (variable) return [path, variable.value] as const;
    const message = `helm value ${path} is set from variable ${name}, which environment ${environment.name} does not declare`;
    throw new InputError([{ message }]);
  });
  return [...Object.entries(step.set), ...fromVariables].map(
    ([path, value]) => `${path}=${JSON.stringify(value)}`,
  );
}

// Values of the step before go into a file, so that their size and content do not matter.
function writtenValues({ values }: StepInput, { copy }: StepContext): readonly string[] {
  if (values === undefined) return [];
  const file = ".fluxgate-values.yaml";
  copy.write(file, toYaml(values));
  return [join(copy.ownRootFor([]), file)];
}
