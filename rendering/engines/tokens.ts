import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { InputError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import { replaceTokens } from "../../core/render/tokens.ts";
import { lookUp } from "../inputs/app-config.ts";
import { tokenReads } from "../value-layers.ts";
import { filesUnder } from "../inputs/contained-files.ts";
import type { RenderEngine, RenderedText } from "./engine.ts";
import type { StepContext } from "../step-context.ts";
import { isManifest, plainFiles, warnOfUnbuilt } from "./plain-files.ts";

/** Puts variables and configuration values in the place of tokens. */
export const tokensEngine: RenderEngine<StepOf<"tokens">> = {
  inputs: (step, context) => {
    const { path, inPlace } = step;
    if (path === undefined) return [];
    // In place, other text files (a kustomization, a script) may hold tokens as well.
    return inPlace ? filesUnder(context.checkout, context.expand(path)) : plainFiles(context, path);
  },
  run: async (step, { files, documents }, context) => {
    const { copy, config } = context;
    if (!step.inPlace) warnOfUnbuilt(files, "tokens", context);
    const names = new Map([
      ["environment", context.environment.name],
      ["app", context.app.name],
      ["delivery", context.delivery.name],
    ]);
    const problems: Problem[] = [];
    const reads = tokenReads(config);
    let found = 0;
    const replace = (source: string, file: string, as?: "yaml") => {
      const { patterns, escape } = step;
      const lookup = (name: string) => {
        const own = names.get(name);
        return lookUp(config, name) ?? (own === undefined ? own : { value: own, text: own });
      };
      const replaced = replaceTokens(source, {
        ...{ patterns, escape, lookup, file },
        ...(as ? { as } : {}),
      });
      problems.push(...replaced.problems);
      found += replaced.found;
      return { text: replaced.text, reads: reads(replaced.used) };
    };
    const texts: RenderedText[] = [];
    for (const file of step.inPlace ? files : files.filter(isManifest)) {
      const source = copy.read(file);
      if (step.inPlace && source.includes("\0")) continue;
      const replaced = replace(source, file);
      if (!step.inPlace) texts.push({ file, ...replaced, sameLines: true });
      else if (replaced.text !== source) copy.write(file, replaced.text);
    }
    const keepsInput = step.inPlace || step.as === "values";
    if (!keepsInput) {
      for (const { object, file } of documents) {
        texts.push({ file, ...replace(toYaml(object), file, "yaml"), sameLines: false });
      }
    }
    if (problems.length > 0) throw new InputError(problems);
    if (found === 0) warnOfNone(step, context);
    return { texts, keepsInput, keepsValues: step.inPlace };
  },
};

// A pattern with a typing error leaves every token as text, without a word.
function warnOfNone({ path, patterns }: StepOf<"tokens">, context: StepContext): void {
  const { app, environment, expand, warn } = context;
  const where = path === undefined ? "what the steps before wrote" : expand(path);
  warn(
    `app ${app.name}, environment ${environment.name}: ${where} holds no token of the form ${patterns.join(" or ")}, so none was replaced`,
  );
}
