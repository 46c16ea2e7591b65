// Pipelines and what belongs to them, as the organisation knows them.
import type { Registry } from "../registry/registry.ts";
import type { Organisation } from "../azure-devops/organisation.ts";
import type { Approval, CheckConfiguration, CheckPlan, CheckSuite } from "./checks/model.ts";
import type { Definition } from "./definition.ts";
import type { Folder } from "./folder.ts";
import type { Environment, VariableGroup } from "./library.ts";
import type { Run } from "./run.ts";
import type { TaskManifest } from "./task-manifest.ts";

export type PipelinesState = {
  readonly organisation: Organisation;
  /** Where jobs work and artefacts lie. */
  readonly workDirectory: string;
  /** Holds `tasks/<Task>/task.json`; undefined = no extension installed. */
  readonly extensionDirectory: string | undefined;
  /** Put first on the jobs' PATH. */
  readonly toolsDirectory: string | undefined;
  /** What the agents' machine has in its environment. */
  readonly agentEnvironment: () => Readonly<Record<string, string>>;
  /** Runs tasks of Node. */
  readonly nodeProgram: string;
  /** Before it: programs that stand for what this machine has not. */
  readonly stubsDirectory: string;
  /** Where these stand their images: every registry that jobs name. */
  readonly registry: Registry;
  /** Tasks of the installed extension, by lower-case name. */
  readonly tasks: ReadonlyMap<string, TaskManifest>;
  readonly definitions: Definition[];
  readonly folders: Folder[];
  readonly runs: Run[];
  readonly groups: VariableGroup[];
  readonly environments: Environment[];
  readonly checks: CheckConfiguration[];
  readonly approvals: Approval[];
  readonly suites: CheckSuite[];
  readonly checkPlans: Map<string, CheckPlan>;
  readonly permissions: Map<string, ResourcePermission>;
  readonly locks: Map<string, LockQueue>;
  /** Pushes that wait for the end of a run with `batch: true`, by definition and branch. */
  readonly batches: Map<string, { readonly commit: string; readonly start: () => Promise<void> }>;
  readonly counters: {
    definition: number;
    run: number;
    group: number;
    environment: number;
    deployment: number;
    resource: number;
    check: number;
  };
  /** True while a reset waits for what is running: nothing begins any more. */
  closing: boolean;
  /** What is running; a reset waits for it. */
  readonly running: Set<Promise<void>>;
};

/** Which pipelines may use a resource; without one, all may. */
export type ResourcePermission = {
  allPipelines: boolean;
  readonly pipelines: Set<number>;
  /** Told when the permission changes. */
  readonly waiting: Set<() => void>;
};

/** Who holds an exclusive lock, and who waits for it, oldest first. */
export type LockQueue = {
  holder: Run | undefined;
  readonly waiting: { readonly run: Run; readonly admit: () => void; readonly drop: () => void }[];
};

export function nowOf(state: PipelinesState): string {
  return state.organisation.clock.now().toISOString();
}
