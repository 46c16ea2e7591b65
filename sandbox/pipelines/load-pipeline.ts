import { entryAt, readBlob, resolveCommit } from "../azure-devops/git/objects.ts";
import type { Repository } from "../azure-devops/state.ts";
import type { Definition, PipelinesState } from "./state.ts";
import { expand, loadTemplate, type Expansion } from "./yaml/expand.ts";
import type { Pipeline, Resources, Trigger } from "./yaml/model.ts";
import {
  entry,
  fromData,
  parseYaml,
  PipelineError,
  toData,
  type DataValue,
  type Node,
} from "./yaml/node.ts";
import { bindParameters } from "./yaml/parameters.ts";
import { readPipeline } from "./yaml/read-pipeline.ts";
import { readResources, readTrigger } from "./yaml/read-resources.ts";

/**
 * Reads a definition's YAML as it stands at `commit`, with its templates and parameters filled in.
 * @param predefined variables that template expressions can see
 * @throws PipelineError with file and line
 */
export async function loadPipeline(
  state: PipelinesState,
  definition: Definition,
  at: {
    readonly commit: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly predefined: Readonly<Record<string, string>>;
  },
): Promise<Pipeline> {
  const { repository, yamlPath } = definition;
  const place = { file: yamlPath, line: 1 };
  const text = await readFileAt(repository, at.commit, yamlPath);
  if (text === undefined) throw new PipelineError(`file ${yamlPath} was not found`, place);
  const root = parseYaml(text, yamlPath);
  const parameters = bindParameters(
    entry(root, "parameters"),
    fromData(at.parameters, place),
    place,
  );
  const aliases = repositoryAliases(root);
  const expansion: Expansion = {
    scope: { names: { parameters, variables: { ...at.predefined, ...literalVariables(root) } } },
    source: { text, file: yamlPath, alias: "self" },
    load: async (path, alias) => {
      if (alias === "self") return readFileAt(repository, at.commit, path);
      const resource = aliases.get(alias.toLowerCase());
      const found = resource && findByName(state, definition, resource.name);
      const commit =
        found && (await resolveCommit(found.directory, resource.ref ?? found.defaultBranch));
      return found && commit ? readFileAt(found, commit, path) : undefined;
    },
    depth: 0,
  };
  return readPipeline(await wholePipeline(root, expansion));
}

export type Starts = {
  readonly trigger: Trigger | undefined;
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
  if (root.kind !== "map") return expand(root, expansion);
  const entries = root.entries.filter(({ key }) => key !== "parameters" && key !== "extends");
  const own = await expand({ ...root, entries }, expansion);
  const extended = entry(root, "extends");
  const template = extended && entry(extended, "template");
  if (!extended || !template || own.kind !== "map") return own;
  const given = entry(extended, "parameters");
  const { content } = await loadTemplate(
    template,
    given && (await expand(given, expansion)),
    expansion,
  );
  return { ...own, entries: [...own.entries, ...(content.kind === "map" ? content.entries : [])] };
}

async function readFileAt(
  repository: Repository,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const found = await entryAt(repository.directory, { commit, path });
  return found?.type === "blob"
    ? (await readBlob(repository.directory, found.id)).toString("utf8")
    : undefined;
}

function findByName(
  state: PipelinesState,
  definition: Definition,
  fullName: string,
): Repository | undefined {
  const [name = "", project = definition.project.name] = fullName.split("/").reverse();
  return state.organisation.projects
    .find((one) => one.name === project)
    ?.repositories.find((one) => one.name === name);
}

// Needed before anything is expanded: the templates themselves lie there.
function repositoryAliases(root: Node) {
  const resources = entry(root, "resources");
  const list = resources && entry(resources, "repositories");
  const items = list?.kind === "list" ? list.items : [];
  return new Map(
    items.map((item) => {
      const text = (key: string) => {
        const found = entry(item, key);
        return found?.kind === "scalar" ? String(found.value) : undefined;
      };
      const alias = text("repository") ?? "";
      return [alias.toLowerCase(), { name: text("name") ?? alias, ref: text("ref") }] as const;
    }),
  );
}

function literalVariables(root: Node): Readonly<Record<string, string>> {
  const variables = entry(root, "variables");
  if (variables?.kind === "map") return texts(toData(variables));
  if (variables?.kind !== "list") return {};
  return Object.fromEntries(
    variables.items.flatMap((item) => {
      const { name, value } = texts(toData(item));
      return name === undefined ? [] : [[name, value ?? ""]];
    }),
  );
}

function texts(data: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((data ?? {}) as Record<string, DataValue>).flatMap(([name, value]) =>
      typeof value === "object" ? [] : [[name, String(value)]],
    ),
  );
}
