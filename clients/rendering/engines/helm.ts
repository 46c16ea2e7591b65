import { join } from "node:path";
import type { HelmStep } from "../../../core/delivery/delivery.ts";
import { InputError } from "../../../core/errors.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { filesUnder } from "../contained-files.ts";
import { localDependencies } from "../local-dependencies.ts";
import { refuseLostPlaceholders } from "../refuse-lost-placeholders.ts";
import type { StepContext } from "../step-context.ts";
import type { RenderEngine, RenderedText, StepInput } from "./engine.ts";

/** `helm template` of a chart folder or a packaged chart. */
export const helmEngine: RenderEngine<HelmStep> = {
  tools: () => ["helm"],
  inputs: async (step, { checkout, expand }) => {
    const places = [step.chart, ...step.values].map(expand);
    const files = await Promise.all(places.map((place) => filesUnder(checkout, place)));
    const local = await localDependencies(checkout, expand(step.chart));
    return [...new Set([...files.flat(), ...local.files])];
  },
  run: async (step, input, context) => {
    await refuseLostPlaceholders(step.values.map(context.expand), context);
    const values = await writtenValues(input, context);
    const { mustBuild } = await localDependencies(context.checkout, context.expand(step.chart));
    const { copy } = context;
    const root = await (mustBuild ? copy.ownRootFor(input.files) : copy.rootFor(input.files));
    if (mustBuild) {
      const build = ["dependency", "build", "--skip-refresh", context.expand(step.chart)];
      await context.run("helm", build, { cwd: root });
    }
    const args = helmArguments(step, { context, values });
    const output = await context.run("helm", args, { cwd: root });
    return { texts: textsOf(output, context.expand(step.chart)), keepsInput: true };
  },
};

function helmArguments(
  step: HelmStep,
  { context, values }: { readonly context: StepContext; readonly values: readonly string[] },
): readonly string[] {
  const { environment, config, expand } = context;
  const option = (name: string, all: readonly string[]) => all.flatMap((each) => [name, each]);
  return [
    "template",
    step.release,
    expand(step.chart),
    ...(step.namespace === undefined ? [] : ["--namespace", step.namespace]),
    ...option("--values", [
      ...step.values.map(expand),
      ...config.files.map(({ absolute }) => absolute),
      ...values,
    ]),
    ...option("--set-json", setValues(step, context)),
    ...(step.includeCRDs ? ["--include-crds"] : []),
    ...(step.skipTests ? ["--skip-tests"] : []),
    ...(step.hooks ? [] : ["--no-hooks"]),
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
async function writtenValues(
  { values }: StepInput,
  { copy }: StepContext,
): Promise<readonly string[]> {
  if (values === undefined) return [];
  const file = ".fluxgate-values.yaml";
  await copy.write(file, toYaml(values));
  return [join(await copy.ownRootFor([]), file)];
}

// helm names the template of each document: "# Source: <chart>/templates/<file>".
function textsOf(output: string, chart: string): readonly RenderedText[] {
  return output
    .split(/^---[ \t]*\r?$/m)
    .filter((part) => part.trim() !== "")
    .map((text) => {
      const source = /^# Source: [^/\n]+\/(.+)$/m.exec(text)?.[1]?.trim();
      return { file: source === undefined ? chart : `${chart}/${source}`, text, sameLines: false };
    });
}
