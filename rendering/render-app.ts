import type { App, Delivery, Environment } from "../core/delivery/delivery.ts";
import type { Step } from "../core/delivery/steps/registry.ts";
import { expandPath } from "../core/delivery/expand-path.ts";
import { InputError } from "../core/errors.ts";
import type { Problem } from "../core/errors.ts";
import type { Reading } from "../core/manifests/kubernetes-yaml.ts";
import { isRecord, parseManifests, parseYaml } from "../core/manifests/parse.ts";
import { lostPlaceholders } from "../core/render/lost-placeholders.ts";
import { mergeValues } from "../core/render/merge-values.ts";
import { joinOrigins } from "../core/render/origins.ts";
import { emptySnippets, loadAppConfig } from "./inputs/app-config.ts";
import { applySnippets } from "./apply-snippets.ts";
import type { Applied, UnusedPatch } from "./apply-snippets.ts";
import type { ConfigRoots } from "./inputs/app-config.ts";
import { carryOrigins } from "./carry-origins.ts";
import { engineOf } from "./engines/engine-of.ts";
import type { EngineOutput, RenderedText } from "./engines/engine.ts";
import { ToolFailure } from "./step-context.ts";
import type { RenderedDocument, RunTool, StepContext, StepOutput } from "./step-context.ts";
import { toolProblem } from "./processes/tool-problem.ts";
import type { ResolvedVariable } from "./inputs/variables.ts";
import { pathProblems } from "./inputs/contained-files.ts";
import { workingCopy } from "./inputs/working-copy.ts";

export type AppJob = {
  readonly delivery: Delivery;
  readonly environment: Environment;
  readonly app: App;
  readonly roots: ConfigRoots;
  readonly variables: ReadonlyMap<string, ResolvedVariable>;
  /** An own folder for what this app's steps write. */
  readonly scratch: string;
  readonly run: RunTool;
  readonly warn: StepContext["warn"];
  /** What its tools say on stderr and its steps warn of, while it is rendered. */
  readonly warnings: ReadonlySet<string>;
  /** The same job with a scratch folder of its own, on another day. */
  readonly repeated: () => AppJob;
};

export type PreparedApp = {
  readonly job: AppJob;
  readonly context: StepContext;
  /** For each step, the files that it may read. */
  readonly inputs: readonly (readonly string[])[];
};

export type RenderedApp = {
  readonly documents: readonly RenderedDocument[];
  /** Shared patches that found nothing here. */
  readonly unused: readonly UnusedPatch[];
  readonly warnings: readonly string[];
  /** Documents of the step marked `highLevel`, as text. */
  readonly highLevel?: readonly RenderedText[];
};

/**
 * Finds everything that an app is rendered from, before any tool runs.
 * @throws InputError with every missing, remote or outside file.
 */
export function prepareApp(job: AppJob): PreparedApp {
  const { delivery, environment, app } = job;
  const names = { delivery: delivery.name, environment: environment.name, app: app.name };
  const config = loadAppConfig(job);
  for (const text of emptySnippets(job)) job.warn(text);
  const context: StepContext = {
    delivery,
    environment,
    app,
    config,
    checkout: job.roots.code,
    copy: workingCopy(job.roots.code, job.scratch),
    expand: (path) => expandPath(path, names),
    run: job.run,
    warn: job.warn,
  };
  const problems: Problem[] = [];
  const inputs: (readonly string[])[] = [];
  for (const [index, step] of app.render.entries()) {
    const missing = missingPaths(step, context);
    if (missing.length > 0) {
      const error = new InputError(missing);
      problems.push(...stepProblems(error, { context, step, index }));
      continue;
    }
    try {
      inputs.push(engineOf(step).inputs(step, context));
    } catch (error) {
      problems.push(...stepProblems(error, { context, step, index }));
    }
  }
  if (problems.length > 0) throw new InputError(problems, { code: "render-failed" });
  return { job, context, inputs };
}

// Said where fluxgate.yaml names them.
function missingPaths(step: Step, { checkout, delivery, expand }: StepContext): readonly Problem[] {
  return Object.entries(step.pathLines).flatMap(([path, line]) => {
    const problems = pathProblems(checkout, expand(path));
    return problems.map(({ message }) => ({ file: delivery.file, line, message }));
  });
}

/** @throws InputError naming app, environment, step, and file and line where they are known. */
export async function renderApp({ job, context, inputs }: PreparedApp): Promise<RenderedApp> {
  let state: StepOutput = { documents: [] };
  let highLevel: readonly RenderedText[] | undefined;
  const idle: At[] = [];
  for (const [index, step] of context.app.render.entries()) {
    try {
      const engine = engineOf(step);
      const output = await engine.run(step, { ...state, files: inputs[index] ?? [] }, context);
      if (step.highLevel) highLevel = output.texts;
      const before = state;
      state = nextState(state, { step, output, context });
      if (isIdle(step, { output, before, after: state })) idle.push({ context, step, index });
    } catch (error) {
      throw new InputError(stepProblems(error, { context, step, index }), {
        code: "render-failed",
        cause: error,
      });
    }
  }
  const { documents, unused } = await finishObjects(state, context);
  // Of an app without any object that is said anyway.
  for (const each of documents.length > 0 ? idle : []) {
    job.warn(`${whereOf(each)}: nothing comes of this step`);
  }
  const warnings = [...job.warnings];
  return { documents, unused, warnings, ...(highLevel ? { highLevel } : {}) };
}

// A path that holds nothing that the step takes, a list of no resources, values that are not there.
function isIdle(
  step: Step,
  {
    output,
    before,
    after,
  }: { readonly output: EngineOutput } & Record<"before" | "after", StepOutput>,
): boolean {
  if (step.engine === "tokens" && step.inPlace) return false;
  if (step.as === "values") return Object.keys(after.values ?? {}).length === 0;
  return after.documents.length === (output.keepsInput ? before.documents.length : 0);
}

async function finishObjects({ documents }: StepOutput, context: StepContext): Promise<Applied> {
  try {
    return await applySnippets(documents, context);
  } catch (error) {
    const problems =
      error instanceof ToolFailure
        ? [toolProblem(error)]
        : error instanceof InputError
          ? error.problems
          : [];
    if (problems.length === 0) throw error;
    const where = `app ${context.app.name}, environment ${context.environment.name}, snippets`;
    throw new InputError(
      problems.map((each) => ({ ...each, message: `Failed to render ${where}: ${each.message}` })),
      { code: "render-failed", cause: error },
    );
  }
}

function nextState(
  before: StepOutput,
  {
    step,
    output,
    context,
  }: { readonly step: Step; readonly output: EngineOutput; readonly context: StepContext },
): StepOutput {
  refuseLost(output.texts, context);
  const kept = output.keepsInput ? before.documents : [];
  if (step.as === "values") {
    const values = mergeValues(...output.texts.map(valuesOf));
    return { documents: kept, values, valuesFrom: output.texts.map(({ file }) => ({ file })) };
  }
  const { values, valuesFrom = [] } = before;
  const passedOn = output.keepsValues && values ? { values, valuesFrom } : {};
  const { reading = "kustomize" } = engineOf(step);
  const found = output.texts.flatMap((text) => documentsOf(text, reading));
  const placed = output.keepsInput ? found : carryOrigins(before.documents, found);
  return { documents: [...kept, ...placed], ...passedOn };
}

function refuseLost(texts: readonly RenderedText[], { delivery }: StepContext): void {
  if (delivery.validate.off.includes("placeholders")) return;
  const problems = texts.flatMap(({ text, file, sameLines }) =>
    lostPlaceholders(text, file).map((each) => placed(each, sameLines)),
  );
  if (problems.length > 0) throw new InputError(problems);
}

function documentsOf(
  { text, file, sameLines, reads = [] }: RenderedText,
  as: Reading,
): readonly RenderedDocument[] {
  const { documents, problems } = parseManifests(text, file, { exactIntegers: true, as });
  if (problems.length > 0) throw new InputError(problems.map((each) => placed(each, sameLines)));
  return documents.map(({ object, line }) => {
    const at = { file, ...(sameLines ? { line } : {}) };
    return { object, ...at, origin: joinOrigins({ files: [at] }, { files: [], reads }) };
  });
}

function valuesOf({ text, file, sameLines }: RenderedText): Readonly<Record<string, unknown>> {
  const { documents, problems } = parseYaml(text, file, { exactIntegers: true, as: "helm" });
  if (problems.length > 0) throw new InputError(problems.map((each) => placed(each, sameLines)));
  return mergeValues(
    ...documents.map(({ value, line }) => {
      if (isRecord(value)) return value;
      throw new InputError([{ file, line, message: "values must be a mapping" }]);
    }),
  );
}

function placed({ file, line, message, ...rest }: Problem, sameLines: boolean): Problem {
  if (sameLines) return { ...rest, message, ...(file ? { file } : {}), ...(line ? { line } : {}) };
  return {
    ...(file ? { file } : {}),
    message: `${message} (line ${line ?? 1} of what it rendered)`,
  };
}

type At = { readonly context: StepContext; readonly step: Step; readonly index: number };

function whereOf({ context: { app, environment }, step, index }: At): string {
  return `app ${app.name}, environment ${environment.name}, step ${index + 1} (${step.engine})`;
}

function stepProblems(error: unknown, { context, step, index }: At): readonly Problem[] {
  const where = whereOf({ context, step, index });
  // What names no file of its own leads to the step.
  const ours = { file: context.delivery.file, line: step.line };
  const named = (problem: Problem): Problem => ({
    ...(problem.file === undefined ? ours : {}),
    ...problem,
    message: `Failed to render ${where}: ${problem.message}`,
  });
  if (error instanceof ToolFailure) {
    return [named(toolProblem(error, engineOf(step).saidFolder?.(step, context)))];
  }
  // What walks a value of many levels (jsonnet's) ran out of stack.
  if (error instanceof RangeError) return [named({ message: "its output is nested too deeply" })];
  if (error instanceof InputError) return error.problems.map(named);
  throw error;
}
