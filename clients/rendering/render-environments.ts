import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { App, Delivery, Environment } from "../../core/delivery/delivery.ts";
import { InputError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import type { ImageReference } from "../../core/manifests/images.ts";
import type { ProcessLimits } from "../processes/run-process.ts";
import { toolEnvironment } from "../processes/tool-environment.ts";
import { toolVersion } from "../processes/tool-versions.ts";
import type { Tool } from "../processes/tool-versions.ts";
import type { ConfigRoots } from "./app-config.ts";
import { configurationBranch } from "./config-branch.ts";
import type { CheckedOutBranch } from "./config-branch.ts";
import { engineOf } from "./engines/engine.ts";
import { finishEnvironment } from "./finish-environment.ts";
import type { FinishedEnvironment } from "./finish-environment.ts";
import { installedSchemas } from "./installed-schemas.ts";
import { mapLimited } from "./map-limited.ts";
import { prepareApp, renderApp } from "./render-app.ts";
import type { AppJob, PreparedApp, RenderedApp } from "./render-app.ts";
import { toolRunner } from "./tool-runner.ts";
import { resolveVariables } from "./variables.ts";
import type { VariableSource } from "./variables.ts";

export type RenderOptions = {
  readonly delivery: Delivery;
  readonly roots: ConfigRoots;
  /** All of the delivery's when absent. */
  readonly environments?: readonly string[];
  /** The CI's image list; absent: the tags of the templates stay. */
  readonly images?: readonly ImageReference[];
  readonly variables: VariableSource;
  readonly limits?: Partial<ProcessLimits>;
  readonly parallelism?: number;
};

export type RenderedEnvironments = {
  /** In the order of promotion. */
  readonly environments: readonly FinishedEnvironment[];
  readonly toolVersions: Readonly<Record<string, string>>;
};

/**
 * Renders environments of a delivery, all apps in parallel; nothing is written but scratch files.
 * @throws InputError with the problems of every app and environment; TerminalError for a missing
 *   or too old tool.
 */
export async function renderEnvironments(options: RenderOptions): Promise<RenderedEnvironments> {
  const { delivery, parallelism = availableParallelism() } = options;
  const environments = chosenEnvironments(delivery, options.environments);
  const scratch = await mkdtemp(join(tmpdir(), "fluxgate-render-"));
  try {
    const toolVersions = await versionsOf(toolsOf(delivery, environments), scratch);
    const warnings = new Map(environments.map(({ name }) => [name, new Set<string>()]));
    const onWarning = (environment: string) => (text: string) => {
      warnings.get(environment)?.add(text);
    };
    const installed = await installedSchemas(options.roots.code, delivery.validate.schemas);
    const branches = await branchesOf(options, { environments, scratch });
    const jobs = appJobs(options, { environments, scratch, toolVersions, branches, onWarning });
    const prepared = await allOrProblems(jobs, parallelism, prepareApp);
    const rendered = await allOrProblems(prepared, parallelism, async (app) => ({
      prepared: app,
      rendered: await renderApp(app),
    }));
    const finished = environments.map((environment) => {
      const branch = branches.get(environment.name);
      return finishEnvironment({
        environment,
        delivery,
        ...(branch ? { configurationCommit: branch.commit } : {}),
        apps: rendered.filter((each) => belongsTo(each.prepared, environment)),
        ...(options.images ? { images: options.images } : {}),
        warnings: [...(warnings.get(environment.name) ?? [])],
        installed: installed.bundle,
      });
    });
    const problems = finished.flatMap((each) => each.problems);
    if (problems.length > 0) throw new InputError(problems, { code: "render-failed" });
    return { environments: finished, toolVersions };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Apps of an environment, in the order of fluxgate.yaml. */
export function appsOf(delivery: Delivery, environment: Environment): readonly App[] {
  return delivery.apps.filter((app) => app.environments?.includes(environment.name) ?? true);
}

function chosenEnvironments(
  delivery: Delivery,
  names: readonly string[] | undefined,
): readonly Environment[] {
  if (names === undefined || names.length === 0) return delivery.environments;
  const known = delivery.environments.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((name) => ({
        message: `delivery ${delivery.name} has no environment "${name}": it has ${known.join(", ")}`,
      })),
      { code: "unknown-environment" },
    );
  }
  return delivery.environments.filter(({ name }) => names.includes(name));
}

function toolsOf(delivery: Delivery, environments: readonly Environment[]): readonly Tool[] {
  const steps = environments
    .flatMap((environment) => appsOf(delivery, environment))
    .flatMap(({ render }) => render);
  const tools = steps.flatMap((step) => engineOf(step).tools(step));
  const patches = environments.some(({ config }) => config.snippets.length > 0);
  return [...new Set<Tool>([...tools, ...(patches ? (["kubectl"] as const) : [])])].sort();
}

async function versionsOf(
  tools: readonly Tool[],
  scratch: string,
): Promise<Readonly<Record<string, string>>> {
  const env = toolEnvironment(join(scratch, "versions"));
  const found = await Promise.all(
    tools.map(async (tool) => [tool, await toolVersion(tool, { cwd: scratch, env })] as const),
  );
  return Object.fromEntries(found);
}

async function branchesOf(
  { roots }: RenderOptions,
  { environments, scratch }: Pick<JobParts, "environments" | "scratch">,
): Promise<ReadonlyMap<string, CheckedOutBranch>> {
  const found = new Map<string, CheckedOutBranch>();
  for (const { name, config } of environments) {
    if (config.branch === undefined || roots.configuration === undefined) continue;
    const folder = join(scratch, "configuration", name, "files");
    const branch = await configurationBranch(roots.configuration, {
      branch: config.branch,
      folder,
    });
    found.set(name, branch);
  }
  return found;
}

type JobParts = {
  readonly branches: ReadonlyMap<string, CheckedOutBranch>;
  readonly environments: readonly Environment[];
  readonly scratch: string;
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly onWarning: (environment: string) => (text: string) => void;
};

function appJobs(options: RenderOptions, parts: JobParts): readonly AppJob[] {
  const { delivery, limits } = options;
  const resolved = parts.environments.map((environment) => ({
    environment,
    ...resolveVariables(environment, options.variables),
  }));
  const problems = resolved.flatMap((each) => each.problems);
  if (problems.length > 0) throw new InputError(problems, { code: "render-failed" });
  return resolved.flatMap(({ environment, variables }) =>
    appsOf(delivery, environment).map((app) => {
      const scratch = join(parts.scratch, environment.name, app.name);
      const onWarning = parts.onWarning(environment.name);
      const run = toolRunner({ scratch, onWarning, ...(limits ? { limits } : {}) });
      const { toolVersions } = parts;
      const configuration =
        parts.branches.get(environment.name)?.root ?? options.roots.configuration;
      const roots = { code: options.roots.code, ...(configuration ? { configuration } : {}) };
      return { delivery, environment, app, roots, variables, scratch, toolVersions, run };
    }),
  );
}

// All apps are tried, so that one run shows what is wrong with all of them.
async function allOrProblems<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const problems: Problem[] = [];
  const results = await mapLimited(items, limit, async (item) => {
    try {
      return await work(item);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  });
  if (problems.length > 0) throw new InputError(problems, { code: "render-failed" });
  return results.filter((result) => result !== undefined);
}

function belongsTo({ job }: PreparedApp, environment: Environment): boolean {
  return job.environment.name === environment.name;
}

export type ChainedApp = { readonly prepared: PreparedApp; readonly rendered: RenderedApp };
