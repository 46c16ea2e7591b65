import { join } from "node:path";
import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { InputError } from "../../core/errors.ts";
import { isRecord } from "../../core/manifests/parse.ts";
import type { StepContext } from "../step-context.ts";
import { jsonnetInputs } from "./jsonnet-inputs.ts";
import { jsonnetReads } from "./jsonnet-reads.ts";
import type { RenderEngine, RenderedText, StepInput } from "./engine.ts";

/** Evaluates a jsonnet program with go-jsonnet (or another `jsonnet`) from PATH. */
export const jsonnetEngine: RenderEngine<StepOf<"jsonnet">> = {
  inputs: jsonnetInputs,
  run: async (step, input, context) => {
    const file = context.expand(step.file);
    const root = context.copy.rootFor(input.files);
    const args = jsonnetArguments(step, { input, context });
    const output = await context.run("jsonnet", [...args, "--", file], { cwd: root });
    const reads = step.as === "values" ? [] : jsonnetReads(step, { input, context });
    const texts = textsOf(JSON.parse(output) as unknown, { step, file });
    return { texts: texts.map((text) => ({ ...text, reads })), keepsInput: !step.transform };
  },
};

/** Of UTF-16 units; a system may take no more than 32 KiB for a whole command line. */
const longestArgument = 2_000;

function jsonnetArguments(
  step: StepOf<"jsonnet">,
  { input, context }: { readonly input: StepInput; readonly context: StepContext },
): readonly string[] {
  const { expand, config, copy } = context;
  const args: string[] = step.libraries.flatMap((library) => ["--jpath", `./${expand(library)}`]);
  for (const [name, { value }] of config.variables) args.push(...option("ext", name, value));
  const objects = input.documents.map(({ object }) => object);
  const files = {
    config: config.values,
    values: input.values ?? {},
    ...(step.transform ? { input: objects } : {}),
  };
  for (const [name, value] of Object.entries(files)) {
    const code = codeOf(name, value);
    if (code.length <= longestArgument) {
      args.push("--ext-code", `${name}=${code}`);
      continue;
    }
    const path = `.fluxgate-${name}.json`;
    copy.write(path, code);
    args.push("--ext-code-file", `${name}=${join(copy.ownRootFor([]), path)}`);
  }
  const names = {
    environment: context.environment.name,
    app: context.app.name,
    delivery: context.delivery.name,
  };
  for (const [name, value] of Object.entries({ ...names, ...step.extVars })) {
    args.push(...option("ext", name, value));
  }
  for (const [name, value] of Object.entries(topLevelArguments(step, context))) {
    args.push(...option("tla", name, value));
  }
  return args;
}

// Text goes as text, so that nothing in it is code.
function option(kind: "ext" | "tla", name: string, value: unknown): readonly string[] {
  return typeof value === "string"
    ? [`--${kind}-str`, `${name}=${value}`]
    : [`--${kind}-code`, `${name}=${codeOf(name, value)}`];
}

function topLevelArguments(
  step: StepOf<"jsonnet">,
  { config, environment }: StepContext,
): Readonly<Record<string, unknown>> {
  const fromVariables = Object.entries(step.argumentsFromVariables).map(([argument, name]) => {
    const variable = config.variables.get(name);
    if (variable) return [argument, variable.value] as const;
    const message = `top-level argument ${argument} is taken from variable ${name}, which environment ${environment.name} does not declare`;
    throw new InputError([{ message }]);
  });
  return { ...step.topLevelArguments, ...Object.fromEntries(fromVariables) };
}

// Numbers of jsonnet are doubles: a larger whole number would become another one.
function codeOf(name: string, value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (typeof inner !== "bigint") return inner;
    const of = key === "" ? name : `${key} in ${name}`;
    const message = `jsonnet cannot hold the whole number ${inner} of ${of} exactly: put it in quotes, or declare it as string`;
    throw new InputError([{ message }]);
  });
}

function textsOf(
  value: unknown,
  { step, file }: { readonly step: StepOf<"jsonnet">; readonly file: string },
): readonly RenderedText[] {
  const text = (part: unknown, name: string): RenderedText => ({
    file: name,
    text: typeof part === "string" ? part : JSON.stringify(part),
    sameLines: false,
  });
  if (step.as === "values") return [text(value, file)];
  if (!step.multi || !isRecord(value)) return objectsIn(value).map((object) => text(object, file));
  return Object.entries(value).flatMap(([name, part]) =>
    typeof part === "string"
      ? [text(part, `${file}#${name}`)]
      : objectsIn(part).map((object) => text(object, `${file}#${name}`)),
  );
}

// Objects may be nested in mappings and lists, as libraries like to return them.
function objectsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isRecord(value)) return value === null ? [] : [value];
  const isObject = "apiVersion" in value || "kind" in value;
  return isObject ? [value] : Object.values(value).flatMap(objectsIn);
}
