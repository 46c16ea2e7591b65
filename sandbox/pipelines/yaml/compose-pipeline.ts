// A pipeline from its text to the form in which the service's preview answers it.
import type { Names } from "../expressions/values.ts";
import { newBudget } from "./budget.ts";
import { checkPipeline, demandContent } from "./check/pipeline.ts";
import type { Expansion } from "./expansion.ts";
import { include, normalizeAt } from "./include.ts";
import { entry, textOf, type DataValue, type Node } from "./node.ts";
import { normalPipeline } from "./normal/pipeline.ts";
import { inTodaysForm } from "./old-form.ts";
import { readDeclarations } from "./parameter-declarations.ts";
import { bindParameters } from "./parameters.ts";
import { parseYaml } from "./parse-yaml.ts";
import { queuedParameters } from "./queued-parameters.ts";
import { check } from "./schema/check.ts";
import { fileWords } from "./schema/read-words.ts";
import { wholePipeline } from "./whole-pipeline.ts";

export type Composed = {
  /** Everything expanded, steps as they were written. */
  readonly expanded: Node;
  /** As the service's preview answers it. */
  readonly normal: Node;
  /** Parameters with their defaults filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
};

type Options = {
  /** Where the text lies in its repository. */
  readonly file: string;
  readonly parameters: Readonly<Record<string, DataValue>>;
  /** Variables that template expressions can see. */
  readonly predefined: Readonly<Record<string, string>>;
  readonly load: Expansion["load"];
};

/**
 * Fills in templates and parameters, and refuses what the service refuses.
 * @throws PipelineError with file, line and column
 */
export async function composePipeline(text: string, options: Options): Promise<Composed> {
  const { file, predefined, load } = options;
  const at = { file, line: 1, column: 1 };
  const root = parseYaml(text, file);
  check(root, "pipeline", fileWords);
  const plain: Expansion = {
    scope: { names: { variables: predefined } },
    source: { file, alias: "self" },
    ...{
      include,
      depth: 0,
      budget: newBudget(file),
      load: async () => ({ missing: "" }),
    },
    resources: [],
  };
  const declared = readDeclarations(entry(root, "parameters"));
  const given = queuedParameters(declared, options.parameters, at);
  const normalize = normalizeAt(plain);
  const parameters = await bindParameters(declared, given, { at, normalize, keys: "exact" });
  const names = { parameters: { ...webhooksOf(root), ...parameters }, variables: predefined };
  const scope = { names, strict: ["parameters"] };
  const whole = await wholePipeline(root, { ...plain, scope, load });
  check(whole, "pipeline", undefined);
  const expanded = inTodaysForm(whole);
  demandContent(expanded);
  const normal = normalPipeline(expanded);
  checkPipeline(normal);
  return { expanded, normal, parameters };
}

// What a webhook sends is a parameter by its name; a preview has none of it.
function webhooksOf(root: Node): Names {
  const list = entry(entry(root, "resources"), "webhooks");
  const names = (list?.kind === "list" ? list.items : []).map((one) =>
    textOf(entry(one, "webhook")),
  );
  return Object.fromEntries(names.map((name) => [name ?? "", new Map()]));
}
