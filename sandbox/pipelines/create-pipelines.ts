import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Part } from "../azure-devops/create-sandbox.ts";
import type { RefUpdate } from "../azure-devops/events.ts";
import type { Organisation } from "../azure-devops/state.ts";
import { artifactRoutes } from "./areas/artifacts.ts";
import { buildRoutes } from "./areas/builds.ts";
import { definitionRoutes } from "./areas/definitions.ts";
import { libraryRoutes } from "./areas/library.ts";
import { logRoutes } from "./areas/logs.ts";
import { planRoutes } from "./areas/plans.ts";
import { cancelRun } from "./change-run.ts";
import { loadTasks } from "./load-tasks.ts";
import type { PipelinesSeed } from "./seed.ts";
import type { PipelinesState } from "./state.ts";
import { writeStubs } from "./agent/stubs.ts";
import { onPush, onRunCompleted } from "./triggers.ts";

export type PipelinesOptions = {
  readonly seed: PipelinesSeed;
  /** An unpacked extension: `tasks/<Task>/task.json` and what they start. */
  readonly extensionDirectory?: string;
  /** Put first on the jobs' PATH: helm and kubectl. */
  readonly toolsDirectory?: string;
};

/** Pipelines of an organisation: definitions, runs, agents, variable groups, environments. */
export function createPipelines(options: PipelinesOptions): Part {
  let state: PipelinesState | undefined;
  let stopListening = () => {};
  const current = () => {
    if (!state) throw new Error("the pipelines are not attached to an organisation");
    return state;
  };
  return {
    routes: [
      ...buildRoutes(current),
      ...logRoutes(current),
      ...artifactRoutes(current),
      ...definitionRoutes(current),
      ...planRoutes(current),
      ...libraryRoutes(current),
    ],
    attach: async (organisation) => {
      state = await createState(organisation, options);
      stopListening = listen(state);
    },
    detach: async () => {
      stopListening();
      if (state) await endAll(state);
      state = undefined;
    },
  };
}

async function createState(
  organisation: Organisation,
  { seed, extensionDirectory, toolsDirectory }: PipelinesOptions,
): Promise<PipelinesState> {
  const workDirectory = await mkdtemp(join(tmpdir(), "fluxgate-agent-"));
  return {
    organisation,
    workDirectory,
    stubsDirectory: await writeStubs(workDirectory),
    extensionDirectory,
    toolsDirectory,
    tasks: loadTasks(extensionDirectory),
    definitions: seed.definitions.map((one, index) => {
      const project = organisation.projects.find(({ name }) => name === one.project);
      const repository = project?.repositories.find(({ name }) => name === one.repository);
      if (!project || !repository) {
        throw new Error(`pipeline ${one.name}: no repository ${one.project}/${one.repository}`);
      }
      return { id: index + 1, name: one.name, project, repository, yamlPath: one.yamlPath };
    }),
    runs: [],
    groups: (seed.variableGroups ?? []).map(({ name, variables, secret = [] }, index) => ({
      id: index + 1,
      name,
      variables: new Map(
        Object.entries(variables).map(([key, value]) => [
          key,
          { value, isSecret: secret.includes(key) },
        ]),
      ),
    })),
    environments: (seed.environments ?? []).map((name, index) => ({
      id: index + 1,
      name,
      deployments: [],
    })),
    counters: { run: 100, log: 0, record: 0 },
    running: new Set(),
  };
}

// Returns how to stop listening.
function listen(state: PipelinesState): () => void {
  const { events } = state.organisation;
  const ended = new Set<number>();
  const follow = (work: Promise<void>) => {
    const running: Promise<void> = work
      // Told where tests look for what the sandbox does not do.
      .catch(
        (error: unknown) => void state.organisation.unhandled.push(`trigger: ${String(error)}`),
      )
      .finally(() => state.running.delete(running));
    state.running.add(running);
  };
  const pushed = (update: RefUpdate) => follow(onPush(state, update));
  const changed = ({ id }: { readonly id: number }) => {
    const run = state.runs.find((one) => one.id === id);
    if (run?.status !== "completed") ended.delete(id);
    else if (!ended.has(id)) {
      ended.add(id);
      follow(onRunCompleted(state, run));
    }
  };
  events.on("refUpdated", pushed);
  events.on("buildChanged", changed);
  return () => {
    events.off("refUpdated", pushed);
    events.off("buildChanged", changed);
  };
}

// A trigger that is being worked on may still queue a run: cancelled in a further round.
async function endAll(state: PipelinesState): Promise<void> {
  while (state.running.size > 0) {
    for (const run of state.runs) cancelRun(state, run);
    await Promise.race(state.running);
  }
  await rm(state.workDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
