import { join } from "node:path";
import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { InputError } from "../../core/errors.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import { mergeValues } from "../../core/render/merge-values.ts";
import { chartDependencies } from "../charts/chart-dependencies.ts";
import { filesUnder } from "../inputs/contained-files.ts";
import { refuseLostPlaceholders } from "../checks/refuse-lost-placeholders.ts";
import type { StepContext } from "../step-context.ts";
import { chartPath } from "../charts/vendored-chart.ts";
import type { RenderEngine, StepInput } from "./engine.ts";
import { helmSettings } from "./helm-settings.ts";
import { helmOutput } from "./helm-output.ts";
import { readHelmReads } from "../charts/helm-reads.ts";
import { chartTemplates, warnOfLookups } from "../charts/warn-of-lookups.ts";

/** `helm template` of a chart folder or a packaged chart. */
export const helmEngine: RenderEngine<StepOf<"helm">> = {
  // What Helm itself would make of it when it applies it.
  reading: "helm",
  // helm puts the chart's name before its templates; a person knows the folder.
  saidFolder: ({ chart }, { expand }) => (typeof chart === "string" ? expand(chart) : undefined),
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
    const values = writeValues(input, context);
    const chart = chartPath(step.chart, context);
    const dependencies = chartDependencies(chart, context);
    for (const { from, to } of dependencies) copy.place(from, to);
    const files = [...input.files, ...dependencies.map(({ to }) => to)];
    const args = helmArguments(step, { chart, context, values });
    // A chart may read every file of its folder, .git among them where that is the checkout itself.
    const cwd = chart === "." ? copy.ownRootFor(files) : copy.rootFor(files);
    // Packed charts are unpacked while helm runs.
    const [output, reads] = await Promise.all([
      run("helm", args, { cwd }),
      readHelmReads(step, { context, earlier: input }),
    ]);
    const { texts, hooks } = helmOutput(output, {
      chart,
      hooks: step.hooks,
      skipTests: step.skipTests,
    });
    warnOfLookups(await chartTemplates(chart, context), { chart, context });
    if (hooks.length > 0) {
      warn(
        `app ${context.app.name}: hooks of chart ${chart} are left out: ${[...new Set(hooks)].join(", ")}. With hooks: true they are ordinary objects`,
      );
    }
    return {
      texts: texts.map((text) => ({ ...text, reads: reads(text.file) })),
      keepsInput: true,
    };
  },
};

type Given = {
  readonly chart: string;
  readonly context: StepContext;
  readonly values: StepValues;
};

// Nothing of a file is read as an option or as two: a path begins with ./ or /, lists of helm are
// CSV, what is no option stands behind `--`.
function helmArguments(step: StepOf<"helm">, { chart, context, values }: Given): readonly string[] {
  const { environment, config, expand } = context;
  const list = (name: string, all: readonly string[]) =>
    all.flatMap((each) => [name, /[",\r\n]/.test(each) ? `"${each.replaceAll('"', '""')}"` : each]);
  const files = [
    ...step.values.map(expand).map(asPath),
    ...config.files.map((each) => each.absolute),
  ];
  return [
    "template",
    ...(step.namespace === undefined ? [] : ["--namespace", step.namespace]),
    ...list("--values", [...files, ...values.files]),
    ...helmSettings(step, mergedFiles(step, { context, values }), context),
    ...(step.includeCRDs ? ["--include-crds"] : []),
    ...(step.skipSchemaValidation ? ["--skip-schema-validation"] : []),
    ...(environment.kubernetesVersion === undefined
      ? []
      : ["--kube-version", environment.kubernetesVersion]),
    ...list("--api-versions", [...environment.apiVersions, ...step.apiVersions]),
    ...["--", step.release, chart],
  ];
}

function asPath(path: string): string {
  return /^[\w][\w./+-]*$/.test(path) ? path : `./${path}`;
}

/** What the values files and the step before say together, as helm merges them. */
function mergedFiles(
  step: StepOf<"helm">,
  { context, values }: Omit<Given, "chart">,
): Readonly<Record<string, unknown>> {
  const own = step.values
    .map(context.expand)
    .map((file) => [file, context.copy.read(file)] as const);
  const files = [...own, ...context.config.files.map(({ path, text }) => [path, text] as const)];
  const layers = files.map(([file, text]) => {
    const { documents, problems } = parseYaml(text, file, { as: "helm", exactIntegers: true });
    if (problems.length > 0) throw new InputError(problems);
    return isRecord(documents[0]?.value) ? documents[0].value : {};
  });
  return mergeValues(...layers, values.values);
}

type StepValues = {
  readonly values: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
};

// Values of the step before go into a file, so that their size and content do not matter.
function writeValues({ values }: StepInput, { copy }: StepContext): StepValues {
  if (values === undefined) return { values: {}, files: [] };
  const file = ".fluxgate-values.yaml";
  copy.write(file, toYaml(values));
  return { values, files: [join(copy.ownRootFor([]), file)] };
}
