// Where the files of templates come from: the pipeline's own repository, or one of its resources.
import { readEntryAt, readBlob, resolveCommit } from "../azure-devops/git/objects.ts";
import type { Repository } from "../azure-devops/repository.ts";
import type { Definition } from "./definition.ts";
import { findRepositoryByName } from "./find-repository.ts";
import type { PipelinesState } from "./state.ts";
import type { Expansion, TemplateFile } from "./yaml/expansion.ts";
import { entry, itemsOf, textOf, type Node } from "./yaml/node.ts";

type Options = {
  readonly commit: string;
  readonly refs?: Readonly<Record<string, string>>;
};

/** Reads templates of a definition's run. */
export function loaderOf(
  state: PipelinesState,
  { repository, project }: Definition,
  { commit, refs = {} }: Options,
): Expansion["load"] {
  return async ({ path, alias, resources }) => {
    if (same(alias, "self")) return readFileOf(repository, { commit, path, ref: "" });
    const resource = resources.flatMap(repositoriesOf).find((one) => same(one.alias, alias));
    if (!resource) return { missing: `No repository found by name ${alias}` };
    const found = findRepositoryByName(state, project, resource.name);
    if (!found) {
      return {
        missing: `The repository ${resource.name} in project ${project.name} could not be retrieved. Verify the name and credentials being used.`,
      };
    }
    const ref = refs[resource.alias] ?? resource.ref ?? found.defaultBranch;
    const at = await resolveCommit(found.directory, ref);
    if (!at)
      return {
        missing: `Could not get the latest source version for repository ${resource.name} using ref ${ref}.`,
      };
    return readFileOf(found, { commit: at, path, ref });
  };
}

async function readFileOf(
  repository: Repository,
  { commit, path, ref }: { readonly commit: string; readonly path: string; readonly ref: string },
): Promise<TemplateFile> {
  const text = await readFileAt(repository, commit, path);
  if (text !== undefined) return { text };
  const branch = ref === "" ? "" : ` branch ${ref}`;
  return {
    missing: `File /${path} not found in repository ${repository.name}${branch} version ${commit}.`,
  };
}

export async function readFileAt(
  repository: Repository,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const found = await readEntryAt(repository.directory, { commit, path: path.replace(/^\/+/, "") });
  return found?.type === "blob"
    ? (await readBlob(repository.directory, found.id)).toString("utf8")
    : undefined;
}

// Whatever else stands there is read when a run begins.
function repositoriesOf(resources: Node) {
  return itemsOf(resources, "repositories").map((item) => {
    const alias = textOf(entry(item, "repository")) ?? "";
    const name = textOf(entry(item, "name")) ?? alias;
    const project = textOf(entry(item, "project"));
    return {
      alias,
      ref: textOf(entry(item, "ref")),
      name: project !== undefined && !name.includes("/") ? `${project}/${name}` : name,
    };
  });
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
