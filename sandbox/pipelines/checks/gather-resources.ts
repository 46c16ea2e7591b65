import { checkedOut } from "../engine/reachable-repositories.ts";
import { environmentOf } from "../engine/deployments.ts";
import { findRepository } from "../find-repository.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import type { Job, Stage, Step } from "../yaml/model.ts";
import type { Resource } from "./model.ts";

/** Every protected resource that a stage uses: checks on any of them hold it back. */
export function gatherResources(
  state: PipelinesState,
  run: Run,
  stage: Stage,
): readonly Resource[] {
  const found = stage.jobs.flatMap((job) => [
    ...environments(state, run, job),
    ...repositories(state, run, job),
    ...endpoints(state, run, stepsOf(job)),
  ]);
  const declared = [
    ...(run.pipeline?.variables ?? []),
    ...stage.variables,
    ...stage.jobs.flatMap(({ variables }) => variables),
  ];
  for (const one of declared) {
    if (one.kind !== "group") continue;
    const group = state.groups.find(
      ({ name, project }) =>
        project === run.definition.project && name.toLowerCase() === one.group.toLowerCase(),
    );
    if (group) found.push({ type: "variablegroup", id: String(group.id), name: group.name });
  }
  return [...new Map(found.map((one) => [`${one.type}/${one.id}`, one])).values()];
}

function stepsOf({ steps, strategy }: Job): readonly Step[] {
  return strategy.kind === "runOnce" ? strategy.hooks.flatMap((hook) => hook.steps) : steps;
}

function environments(state: PipelinesState, run: Run, { environment }: Job): Resource[] {
  if (!environment) return [];
  const { id, name } = environmentOf(state, run.definition.project, {
    name: environment.name,
    by: run.requestedFor,
  });
  return [{ type: "environment", id: String(id), name }];
}

function repositories(state: PipelinesState, run: Run, job: Job): Resource[] {
  return [...checkedOut(stepsOf(job)), ...job.uses].flatMap((alias) => {
    const repository = findRepository(state, run, alias)?.repository;
    return repository
      ? [
          {
            type: "repository",
            id: `${repository.project.id}.${repository.id}`,
            name: repository.name,
          } as const,
        ]
      : [];
  });
}

// A connection is what an input names (documents: "Service connections are used by tasks").
function endpoints(state: PipelinesState, run: Run, steps: readonly Step[]): Resource[] {
  const named = new Set(
    steps.flatMap(({ action }) => (action.kind === "task" ? Object.values(action.inputs) : [])),
  );
  return state.organisation.serviceEndpoints
    .filter(
      ({ projects, id, name }) =>
        projects.includes(run.definition.project) && (named.has(name) || named.has(id)),
    )
    .map(({ id, name }) => ({ type: "endpoint", id, name }));
}
