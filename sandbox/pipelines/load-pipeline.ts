import type { Definition } from "./definition.ts";
import type { PipelinesState } from "./state.ts";
import { loaderOf, readFileAt } from "./template-files.ts";
import { checkPipeline, demandContent } from "./yaml/check/pipeline.ts";
import type { Expansion } from "./yaml/expansion.ts";
import { include, normalizeAt } from "./yaml/include.ts";
import type { Resources, Trigger } from "./yaml/model.ts";
import { entry, PipelineError, type DataValue, type Node } from "./yaml/node.ts";
import { normalPipeline } from "./yaml/normal/pipeline.ts";
import { inTodaysForm } from "./yaml/old-form.ts";
import { readDeclarations } from "./yaml/parameter-declarations.ts";
import { bindParameters } from "./yaml/parameters.ts";
import { parseYaml } from "./yaml/parse-yaml.ts";
import { queuedParameters } from "./yaml/queued-parameters.ts";
import { readResources } from "./yaml/read-resources.ts";
import { readTrigger } from "./yaml/read-triggers.ts";
import { check } from "./yaml/schema/check.ts";
import { fileWords } from "./yaml/schema/read-words.ts";
import { wholePipeline } from "./yaml/whole-pipeline.ts";

export type LoadOptions = {
  readonly commit: string;
  readonly parameters: Readonly<Record<string, DataValue>>;
  /** Variables that template expressions can see. */
  readonly predefined: Readonly<Record<string, string>>;
  /** Refs of repository resources that whoever starts the run chose, by alias. */
  readonly refs?: Readonly<Record<string, string>>;
  /** In the place of what the repository holds: a preview of a draft. */
  readonly yaml?: string | undefined;
};

export type Loaded = {
  /** Everything expanded, steps as they were written. */
  readonly expanded: Node;
  /** As the service's preview answers it. */
  readonly normal: Node;
  /** Parameters with their defaults filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
};

/**
 * Reads a definition's YAML as it stands at a commit, with its templates and parameters filled in,
 * and refuses what the service refuses. @throws PipelineError with file, line and column
 */
export async function loadPipeline(
  state: PipelinesState,
  definition: Definition,
  options: LoadOptions,
): Promise<Loaded> {
  const { repository, yamlPath } = definition;
  const { commit, predefined } = options;
  const at = { file: yamlPath, line: 1, column: 1 };
  const text = options.yaml ?? (await readFileAt(repository, commit, yamlPath));
  if (text === undefined) {
    throw new PipelineError(
      `File ${yamlPath} not found in repository ${repository.name} version ${commit}`,
      at,
    );
  }
  const root = parseYaml(text, yamlPath);
  check(root, "pipeline", fileWords);
  const plain: Expansion = {
    ...{ scope: { names: { variables: predefined } }, source: { file: yamlPath, alias: "self" } },
    ...{ include, depth: 0, files: { count: 1 }, load: async () => ({ missing: "" }) },
    resources: [],
  };
  const declared = readDeclarations(entry(root, "parameters"));
  const given = queuedParameters(declared, options.parameters, at);
  const normalize = normalizeAt(plain);
  const parameters = await bindParameters(declared, given, { at, normalize });
  const scope = { names: { parameters, variables: predefined }, strict: ["parameters"] };
  const load = loaderOf(state, definition, options);
  const whole = await wholePipeline(root, { ...plain, scope, load });
  check(whole, "pipeline", undefined);
  const expanded = inTodaysForm(whole);
  demandContent(expanded);
  const normal = normalPipeline(expanded);
  checkPipeline(normal);
  return { expanded, normal, parameters };
}

export type Starts = {
  readonly trigger: Trigger;
  readonly resources: Resources;
};

/**
 * What starts a definition, as its YAML says at `commit`; its templates are not read for that.
 * @returns undefined without such a file
 * @throws PipelineError
 */
export async function loadStarts(
  { repository, yamlPath }: Definition,
  commit: string,
): Promise<Starts | undefined> {
  const text = await readFileAt(repository, commit, yamlPath);
  if (text === undefined) return undefined;
  const root = parseYaml(text, yamlPath);
  return {
    trigger: readTrigger(entry(root, "trigger")),
    resources: readResources(entry(root, "resources")),
  };
}
