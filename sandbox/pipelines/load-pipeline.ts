import type { Definition } from "./definition.ts";
import type { PipelinesState } from "./state.ts";
import { loaderOf, readFileAt } from "./template-files.ts";
import { composePipeline, type Composed } from "./yaml/compose-pipeline.ts";
import type { Resources, Trigger } from "./yaml/model.ts";
import { entry, PipelineError, type DataValue } from "./yaml/node.ts";
import { parseYaml } from "./yaml/parse-yaml.ts";
import { readResources } from "./yaml/read-resources.ts";
import { readTrigger } from "./yaml/read-triggers.ts";

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

/**
 * Reads a definition's YAML as it stands at a commit, with its templates and parameters filled in,
 * and refuses what the service refuses. @throws PipelineError with file, line and column
 */
export async function loadPipeline(
  state: PipelinesState,
  definition: Definition,
  options: LoadOptions,
): Promise<Composed> {
  const { repository, yamlPath } = definition;
  const { commit, parameters, predefined } = options;
  const text = options.yaml ?? (await readFileAt(repository, commit, yamlPath));
  if (text === undefined) {
    throw new PipelineError(
      `File ${yamlPath} not found in repository ${repository.name} version ${commit}`,
      { file: yamlPath, line: 1, column: 1 },
    );
  }
  const load = loaderOf(state, definition, options);
  return composePipeline(text, { file: yamlPath, parameters, predefined, load });
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
