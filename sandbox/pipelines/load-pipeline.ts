import { entryAt, readBlob, resolveCommit } from "../azure-devops/git/objects.ts";
import type { Repository } from "../azure-devops/state.ts";
import type { Definition } from "./definition.ts";
import { findRepositoryByName } from "./find-repository.ts";
import type { PipelinesState } from "./state.ts";
import { expand } from "./yaml/expand.ts";
import type { Expansion } from "./yaml/expansion.ts";
import { include, loadTemplate } from "./yaml/include.ts";
import type { Pipeline, Resources, Trigger } from "./yaml/model.ts";
import { entry, fromData, PipelineError, type DataValue, type Node } from "./yaml/node.ts";
import { bindParameters } from "./yaml/parameters.ts";
import { parseYaml } from "./yaml/parse-yaml.ts";
import { readPipeline } from "./yaml/read-pipeline.ts";
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

/** The expanded YAML, as the service's preview shows it, and what it says. */
export type Loaded = {
  readonly pipeline: Pipeline;
  readonly root: Node;
  /** Parameters with their defaults filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
};

/**
 * Reads a definition's YAML as it stands at a commit, with its templates and parameters filled in.
 * @throws PipelineError with file and line
 */
export async function loadPipeline(
  state: PipelinesState,
  definition: Definition,
  options: LoadOptions,
): Promise<Loaded> {
  const { repository, yamlPath } = definition;
  const { commit, predefined, refs = {} } = options;
  const place = { file: yamlPath, line: 1 };
  const text = options.yaml ?? (await readFileAt(repository, commit, yamlPath));
  if (text === undefined) {
    throw new PipelineError(
      `file ${yamlPath} was not found in repository ${repository.name}, version ${commit}`,
      place,
    );
  }
  const root = parseYaml(text, yamlPath);
  const parameters = bindParameters(
    entry(root, "parameters"),
    fromData(options.parameters, place),
    place,
  );
  const scope = { names: { parameters, variables: predefined } };
  const plain: Expansion = {
    ...{ scope, source: { file: yamlPath, alias: "self" }, include, depth: 0 },
    ...{ files: { count: 1 }, load: async () => undefined },
  };
  // Needed before the rest is expanded: the templates lie there. They see parameters only.
  const resources = entry(root, "resources");
  const known = readResources(resources && (await expand(resources, { ...plain, data: true })));
  const load: Expansion["load"] = async (path, alias) => {
    if (alias === "self") return readFileAt(repository, commit, path);
    const resource = known.repositories.find((one) => same(one.alias, alias));
    const found = resource && findRepositoryByName(state, definition.project, resource.name);
    const ref = resource && (refs[resource.alias] ?? resource.ref ?? found?.defaultBranch);
    const at = found && ref && (await resolveCommit(found.directory, ref));
    return found && at ? readFileAt(found, at, path) : undefined;
  };
  const whole = await wholePipeline(root, { ...plain, load });
  return { pipeline: readPipeline(whole), root: whole, parameters };
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

// `extends` puts a template's content in the place of the root's own stages.
async function wholePipeline(root: Node, expansion: Expansion): Promise<Node> {
  const extended = entry(root, "extends");
  if (root.kind !== "map" || !extended) return expand(withoutParameters(root), expansion);
  const template = entry(extended, "template");
  if (!template) throw new PipelineError("`extends` needs a template", extended.at);
  const surplus = root.entries.find(({ key }) => ["stages", "jobs", "steps"].includes(key));
  if (surplus) {
    throw new PipelineError(`\`${surplus.key}\` cannot stand beside \`extends\``, surplus.at);
  }
  // The template is read in a place where the root's variables are known.
  const own: Node[] = [];
  const bring = async (item: Node, reference: Node, at: Expansion) => {
    own.push(await loadTemplate(reference, entry(item, "parameters"), { ...at, include }));
    return [];
  };
  const entries = root.entries.map((one) =>
    one.key === "extends"
      ? { ...one, value: { kind: "list", items: [extended], at: one.at } as const }
      : one,
  );
  const around = await expand(withoutParameters({ ...root, entries }), {
    ...expansion,
    include: (item, reference, at) =>
      item.kind === "map" && item.at === extended.at
        ? bring(item, reference, at)
        : include(item, reference, at),
  });
  const [content] = own;
  if (around.kind !== "map" || content?.kind !== "map") return around;
  return { ...around, entries: merge(around.entries, content.entries) };
}

// Both may have resources and variables; anything else stands in one of them.
function merge(
  around: readonly { readonly key: string; readonly value: Node; readonly at: Node["at"] }[],
  content: typeof around,
) {
  const kept = around.filter(({ key }) => key !== "extends");
  const clash = (key: string) => kept.find((one) => one.key === key);
  const added = content.filter(({ key }) => !clash(key) && key !== "trigger");
  for (const { key, at } of content) {
    if (clash(key) && !["resources", "trigger", "pool"].includes(key)) {
      throw new PipelineError(`\`${key}\` stands in the pipeline and in its template`, at);
    }
  }
  return [...kept, ...added];
}

function withoutParameters(root: Node): Node {
  if (root.kind !== "map") return root;
  return { ...root, entries: root.entries.filter(({ key }) => key !== "parameters") };
}

async function readFileAt(
  repository: Repository,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const found = await entryAt(repository.directory, { commit, path: path.replace(/^\/+/, "") });
  return found?.type === "blob"
    ? (await readBlob(repository.directory, found.id)).toString("utf8")
    : undefined;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
