import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Identity } from "../azure-devops/identity.ts";
import type { Organisation } from "../azure-devops/organisation.ts";
import type { GitProject } from "../azure-devops/repository.ts";
import { guidOf } from "../azure-devops/guid.ts";
import { startRegistry } from "../registry/registry.ts";
import { writeStubs } from "./agent/stubs.ts";
import { addDefinition } from "./add-definition.ts";
import { addCheck } from "./checks/add-check.ts";
import { checkTypes } from "./checks/model.ts";
import { addEnvironment } from "./engine/deployments.ts";
import { loadTasks } from "./load-tasks.ts";
import type { PipelinesSeed, SeedEnvironment } from "./seed.ts";
import { seedRuns } from "./seed-runs.ts";
import { nowOf, type PipelinesState } from "./state.ts";

export type StateOptions = {
  readonly seed: PipelinesSeed;
  /** An unpacked extension: `tasks/<Task>/task.json` and what they start. */
  readonly extensionDirectory?: string;
  /** Put first on the jobs' PATH: helm and kubectl. */
  readonly toolsDirectory?: string;
  /** What the agents' machine has in its environment, asked for each process. */
  readonly agentEnvironment?: () => Readonly<Record<string, string>>;
  /** The program that runs tasks of Node; without it the one that runs the sandbox. */
  readonly nodeProgram?: string;
};

/** Everything as the seed says, for a fresh organisation. */
export async function createState(
  organisation: Organisation,
  options: StateOptions,
): Promise<PipelinesState> {
  const { seed, extensionDirectory, toolsDirectory, nodeProgram = process.execPath } = options;
  const workDirectory = await mkdtemp(join(tmpdir(), "fluxgate-agent-"));
  const registry = await startRegistry();
  const state: PipelinesState = {
    ...{ organisation, workDirectory, extensionDirectory, toolsDirectory, nodeProgram },
    agentEnvironment: options.agentEnvironment ?? (() => ({})),
    registry,
    stubsDirectory: await writeStubs(workDirectory, registry.url),
    tasks: loadTasks(extensionDirectory),
    ...{ definitions: [], folders: [], runs: [], groups: [], environments: [] },
    ...{ checks: [], approvals: [], suites: [] },
    ...{ checkPlans: new Map(), permissions: new Map(), locks: new Map(), batches: new Map() },
    counters: {
      definition: 0,
      run: 100,
      group: 0,
      environment: 0,
      deployment: 0,
      resource: 0,
      check: 0,
    },
    closing: false,
    running: new Set(),
  };
  const [by] = organisation.identities;
  if (!by) throw new Error("the organisation has no identities");
  addGroups(state, seed, by);
  addEndpoints(state, seed, by);
  for (const one of seed.environments ?? []) {
    seedEnvironment(state, typeof one === "string" ? { name: one } : one, by);
  }
  for (const one of seed.definitions) {
    const project = projectNamed(state, one.project);
    const repository = project.repositories.find(({ name }) => name === one.repository);
    if (!repository) {
      throw new Error(`pipeline ${one.name}: no repository ${one.project}/${one.repository}`);
    }
    const definition = addDefinition(state, { ...one, project, repository, by });
    if (one.completedRuns) await seedRuns(state, definition, { count: one.completedRuns, by });
  }
  return state;
}

function addGroups(state: PipelinesState, seed: PipelinesSeed, by: Identity): void {
  for (const { name, variables, secret = [], project } of seed.variableGroups ?? []) {
    state.groups.push({
      id: (state.counters.group += 1),
      ...{ project: projectNamed(state, project), name, description: "" },
      ...{ createdBy: by, modifiedBy: by, createdOn: nowOf(state), modifiedOn: nowOf(state) },
      variables: new Map(
        Object.entries(variables).map(([key, value]) => [
          key,
          { value, isSecret: secret.includes(key), isReadOnly: false },
        ]),
      ),
    });
  }
}

function addEndpoints(state: PipelinesState, seed: PipelinesSeed, by: Identity): void {
  for (const one of seed.serviceEndpoints ?? []) {
    state.organisation.serviceEndpoints.push({
      id: guidOf("endpoint", one.name),
      ...{ name: one.name, url: one.url, type: one.type ?? "generic", data: {} },
      description: "",
      createdBy: by,
      authorization: { scheme: one.scheme ?? "None", parameters: one.parameters ?? {} },
      projects: [projectNamed(state, one.project)],
    });
  }
}

function seedEnvironment(state: PipelinesState, given: SeedEnvironment, by: Identity): void {
  const { name, approvers = [], exclusiveLock = false } = given;
  const project = projectNamed(state, given.project);
  const { id } = addEnvironment(state, project, { name, by });
  const resource = { type: "environment", id: String(id), name } as const;
  const people = state.organisation.identities.filter((one) => approvers.includes(one.name));
  if (people.length > 0) {
    const settings = {
      approvers: people.map(({ id, displayName }) => ({ id, displayName })),
      ...{ executionOrder: "anyOrder", minRequiredApprovers: 1, instructions: "" },
      blockedApprovers: [],
      requesterCannotBeApprover: false,
    };
    addCheck(state, project, { by, type: checkTypes.approval, settings, resource });
  }
  if (exclusiveLock) {
    addCheck(state, project, { by, type: checkTypes.lock, settings: {}, resource });
  }
}

function projectNamed(state: PipelinesState, name: string | undefined): GitProject {
  const { projects } = state.organisation;
  const found = name === undefined ? projects[0] : projects.find((one) => one.name === name);
  if (!found) throw new Error(`there is no project ${name ?? ""}`);
  return found;
}
