import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import type { JsonnetStep } from "../../../core/delivery/delivery.ts";
import { InputError } from "../../../core/errors.ts";
import type { Problem } from "../../../core/errors.ts";
import { isRecord } from "../../../core/manifests/parse.ts";
import { containedPath, isThere } from "../contained-files.ts";
import type { StepContext } from "../step-context.ts";
import type { EngineOutput, RenderEngine, RenderedText, StepInput } from "./engine.ts";

/** Evaluates a jsonnet program with go-jsonnet (or another `jsonnet`) from PATH. */
export const jsonnetEngine: RenderEngine<JsonnetStep> = {
  tools: () => ["jsonnet"],
  inputs: importsOf,
  run: async (step, input, context) => {
    const file = context.expand(step.file);
    const root = await context.copy.rootFor(input.files);
    const args = await jsonnetArguments(step, { input, context });
    const output = await context.run("jsonnet", [...args, file], { cwd: root });
    return outputOf(JSON.parse(output) as unknown, { step, file });
  },
};

async function jsonnetArguments(
  step: JsonnetStep,
  { input, context }: { readonly input: StepInput; readonly context: StepContext },
): Promise<readonly string[]> {
  const { expand, config, copy } = context;
  const args: string[] = step.libraries.flatMap((library) => ["--jpath", expand(library)]);
  for (const [name, { value }] of config.variables) {
    args.push("--ext-code", `${name}=${JSON.stringify(value)}`);
  }
  const files = { config: config.values, values: input.values ?? {} };
  for (const [name, value] of Object.entries(files)) {
    const path = `.fluxgate-${name}.json`;
    await copy.write(path, JSON.stringify(value));
    args.push("--ext-code-file", `${name}=${join(await copy.ownRootFor([]), path)}`);
  }
  const names = {
    environment: context.environment.name,
    app: context.app.name,
    delivery: context.delivery.name,
  };
  for (const [name, text] of Object.entries({ ...names, ...step.extVars })) {
    args.push("--ext-str", `${name}=${text}`);
  }
  for (const [name, text] of Object.entries(step.topLevelArguments)) {
    args.push("--tla-str", `${name}=${text}`);
  }
  return args;
}

function outputOf(
  value: unknown,
  { step, file }: { readonly step: JsonnetStep; readonly file: string },
): EngineOutput {
  const text = (part: unknown, name: string): RenderedText => ({
    file: name,
    text: typeof part === "string" ? part : JSON.stringify(part),
    sameLines: false,
  });
  if (step.as === "values") return { texts: [text(value, file)], keepsInput: true };
  if (step.multi && isRecord(value)) {
    const texts = Object.entries(value).flatMap(([name, part]) =>
      typeof part === "string"
        ? [text(part, `${file}#${name}`)]
        : objectsIn(part).map((object) => text(object, `${file}#${name}`)),
    );
    return { texts, keepsInput: true };
  }
  return { texts: objectsIn(value).map((object) => text(object, file)), keepsInput: true };
}

// Objects may be nested in mappings and lists, as libraries like to return them.
function objectsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isRecord(value)) return value === null ? [] : [value];
  const isObject = "apiVersion" in value || "kind" in value;
  return isObject ? [value] : Object.values(value).flatMap(objectsIn);
}

async function importsOf(step: JsonnetStep, context: StepContext): Promise<readonly string[]> {
  const { checkout, expand } = context;
  const libraries = step.libraries.map(expand);
  const files = new Set<string>();
  const problems: Problem[] = [];
  await visit(expand(step.file));
  if (problems.length > 0) throw new InputError(problems);
  return [...files].sort();

  async function visit(file: string): Promise<void> {
    if (files.has(file)) return;
    const text = await readFile(await containedPath(checkout, file), "utf8");
    files.add(file);
    for (const { path, line, isCode } of importsIn(text)) {
      // The later library wins; the importing file's own folder comes first of all.
      const places = [posix.dirname(file), ...libraries.toReversed()].map((folder) =>
        posix.join(folder, path),
      );
      const found = path.startsWith("/")
        ? undefined
        : places.find((place) => !place.startsWith("../") && isThere(checkout, place));
      if (found === undefined) {
        const message = `import of "${path}": not in the checkout beside the file or in a library folder`;
        problems.push({ file, line, message });
      } else if (isCode) await visit(found);
      else files.add(found);
    }
  }
}

// Imports take literal paths only, so that they can be found without evaluating.
function importsIn(source: string) {
  const text = source.replace(/^[ \t]*(\/\/|#|\*).*$/gm, "");
  return [...text.matchAll(/\bimport(str|bin)?\s*@?(["'])(.+?)\2/g)].map((match) => ({
    path: match[3] ?? "",
    isCode: match[1] === undefined,
    line: text.slice(0, match.index).split("\n").length,
  }));
}
