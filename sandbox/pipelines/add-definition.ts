import type { Identity } from "../azure-devops/identity.ts";
import type { Project } from "../azure-devops/project.ts";
import type { Repository } from "../azure-devops/repository.ts";
import type { Definition, QueueVariable } from "./definition.ts";
import { makeFolders } from "./folder.ts";
import { nowOf, type PipelinesState } from "./state.ts";

// YAML decides what starts it: settingsSourceType 2 (recorded).
const yamlTrigger = {
  branchFilters: [],
  pathFilters: [],
  settingsSourceType: 2,
  batchChanges: false,
  maxConcurrentBuildsPerBranch: 1,
  triggerType: "continuousIntegration",
};

/** Adds a pipeline to a project. */
export function addDefinition(
  state: PipelinesState,
  given: {
    readonly project: Project;
    readonly repository: Repository;
    readonly by: Identity;
    readonly name: string;
    readonly yamlPath: string;
    readonly path?: string | undefined;
    readonly description?: string | undefined;
    readonly comment?: string | undefined;
    readonly repositoryProperties?: Definition["repositoryProperties"];
    readonly defaultBranch?: string | undefined;
    readonly queueId?: number | undefined;
    readonly triggers?: boolean;
    readonly variables?: Definition["variables"];
  },
): Definition {
  const { project, repository, by, name, yamlPath } = given;
  const definition: Definition = {
    id: (state.counters.definition += 1),
    ...{ project, repository, name, yamlPath, authoredBy: by, revision: 1 },
    ...{ createdDate: nowOf(state), changedDate: nowOf(state), queueStatus: "enabled" },
    path: given.path ?? "\\",
    description: given.description,
    comment: given.comment,
    repositoryProperties: given.repositoryProperties,
    defaultBranch: given.defaultBranch ?? repository.defaultBranch,
    queueId: given.queueId,
    triggers: given.triggers === false ? [] : [yamlTrigger],
    variables: given.variables ?? new Map<string, QueueVariable>(),
    counters: new Map(),
    tags: new Set(),
  };
  makeFolders(state, { project, path: definition.path, by, now: nowOf(state) });
  state.definitions.push(definition);
  return definition;
}
