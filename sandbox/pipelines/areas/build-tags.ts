import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { PipelinesState } from "../state.ts";
import { demandOwnBuild, projectOf, runOf, type CurrentState } from "./run-call.ts";

// Tags - Get Build Tags, Add, Delete, Update; Get Tags (REST 7.1).
export function buildTagRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "tags",
      id: "6e6114b2-8161-44c8-8f6c-c5505782427f",
      template: "{project}/_apis/build/builds/{buildId}/tags/{*tag}",
      resourceVersion: 3,
      methods: {
        GET: (call) => listOf([...runOf(state(), call).tags]),
        PUT: (call) => change(state(), call, (tags) => tags.add(call.params["tag"] ?? "")),
        POST: (call) =>
          change(state(), call, (tags) => {
            for (const tag of Array.isArray(call.body) ? call.body : []) tags.add(String(tag));
          }),
        DELETE: (call) => change(state(), call, (tags) => tags.delete(call.params["tag"] ?? "")),
        PATCH: (call) => change(state(), call, (tags) => applyChanges(call, tags)),
      },
    },
    {
      area: "build",
      resource: "tags",
      id: "d84ac5c6-edc7-43d5-adc9-1b34be5dea09",
      template: "{project}/_apis/build/tags",
      resourceVersion: 3,
      methods: { GET: (call) => allTags(state(), call) },
    },
  ];
}

function change(state: PipelinesState, call: Call, work: (tags: Set<string>) => unknown): Answer {
  const run = runOf(state, call);
  demandOwnBuild(call, run, "Edit build quality");
  work(run.tags);
  return listOf([...run.tags]);
}

function applyChanges({ body }: Call, tags: Set<string>): void {
  const { tagsToAdd = [], tagsToRemove = [] } = (body ?? {}) as {
    readonly tagsToAdd?: readonly string[];
    readonly tagsToRemove?: readonly string[];
  };
  for (const tag of tagsToAdd) tags.add(tag);
  for (const tag of tagsToRemove) tags.delete(tag);
}

function allTags(state: PipelinesState, call: Call): Answer {
  const project = projectOf(call);
  const runs = state.runs.filter(({ definition }) => definition.project === project);
  return listOf([...new Set(runs.flatMap(({ tags }) => [...tags]))].sort());
}
