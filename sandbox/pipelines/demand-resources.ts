// What `resources` names must be there, whether or not a job uses it: the service looks all of it
// up before a run begins.
import { findRepositoryByName } from "./find-repository.ts";
import type { Run } from "./run.ts";
import type { PipelinesState } from "./state.ts";
import { entry, itemsOf, PipelineError, textOf, type Node } from "./yaml/node.ts";

/** @param resources of a pipeline in normal form. @throws PipelineError for what is not there */
export function demandResources(
  state: PipelinesState,
  run: Run,
  resources: Node | undefined,
): void {
  for (const one of itemsOf(resources, "repositories")) demandRepository(state, run, one);
  for (const one of itemsOf(resources, "pipelines")) demandPipeline(state, run, one);
  for (const one of itemsOf(resources, "containers")) {
    const endpoint = text(one, "endpoint");
    if (endpoint === "" || hasEndpoint(state, endpoint)) continue;
    throw new PipelineError(
      `Container ${text(one, "container")} references service connection ${endpoint} which does not exist or is not authorized for use.`,
      one.at,
    );
  }
}

function demandRepository(state: PipelinesState, run: Run, resource: Node): void {
  const alias = text(resource, "repository");
  if (alias.toLowerCase() === "self") return;
  if ((text(resource, "type") || "git").toLowerCase() !== "git") {
    const endpoint = text(resource, "endpoint");
    if (hasEndpoint(state, endpoint)) return;
    throw new PipelineError(
      `Repository ${alias} references endpoint ${endpoint} which does not exist or is not authorized for use`,
      resource.at,
    );
  }
  const project = text(resource, "project") || run.definition.project.name;
  const name = text(resource, "name") || alias;
  const full = name.includes("/") ? name : `${project}/${name}`;
  if (findRepositoryByName(state, run.definition.project, full)) return;
  throw new PipelineError(
    `The repository ${name} in project ${full.split("/")[0] ?? project} could not be retrieved. Verify the name and credentials being used.`,
    resource.at,
  );
}

function demandPipeline(state: PipelinesState, run: Run, resource: Node): void {
  const source = text(resource, "source");
  const project = (text(resource, "project") || run.definition.project.name).toLowerCase();
  const wanted = source.toLowerCase().replace(/^\\/, "");
  const found = state.definitions.some(({ name, path, project: own }) => {
    const folder = path.replace(/^\\+/, "");
    const full = folder === "" ? name : `${folder}\\${name}`;
    return (
      [own.name, own.id].some((one) => one.toLowerCase() === project) &&
      [name, full].some((one) => one.toLowerCase() === wanted)
    );
  });
  if (found) return;
  throw new PipelineError(
    `Pipeline Resource ${text(resource, "pipeline")} Input Must be Valid.`,
    resource.at,
  );
}

function hasEndpoint({ organisation }: PipelinesState, name: string): boolean {
  return organisation.serviceEndpoints.some((one) =>
    [one.name, one.id].some((known) => known.toLowerCase() === name.toLowerCase()),
  );
}

function text(node: Node, key: string): string {
  return textOf(entry(node, key)) ?? "";
}
