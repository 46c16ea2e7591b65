import { rmSync } from "node:fs";
import { mkdtemp, realpath } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Delivery, Environment } from "../core/delivery/delivery.ts";
import { InputError } from "../core/errors.ts";
import { throwAll, tryEach } from "./try-each.ts";
import { appJobs, readBranchesOf, chosenApps } from "./app-jobs.ts";
import { readCachedApp } from "./cache/cached-app.ts";
import { environmentKey, storeEnvironment, storedEnvironment } from "./cache/cached-environment.ts";
import type { CheckedOutBranch } from "./inputs/config-branch.ts";
import { digestOfVariables } from "./inputs/variables.ts";
import { digestedApp } from "./cache/digested-app.ts";
import type { DigestedApp } from "./cache/digested-app.ts";
import { finishEnvironment } from "./finish-environment.ts";
import type { ChainedApp, FinishedEnvironment } from "./finish-environment.ts";
import { isolationOf } from "./processes/render-isolation.ts";
import { installedSchemas } from "./checks/installed-schemas.ts";
import type { InstalledSchemas } from "./checks/installed-schemas.ts";
import { leakedSecrets } from "./checks/leaked-secrets.ts";
import { prepareApp } from "./render-app.ts";
import { openCache, removeUnread } from "./cache/render-cache.ts";
import type { RenderCache } from "./cache/render-cache.ts";
import type { RenderOptions } from "./render-options.ts";
import { demandLockedTools } from "./processes/tool-lock-file.ts";
import { slots } from "./processes/slots.ts";
import { unusedAllowances } from "./checks/unused-allowances.ts";
import { toolsOf, digestUsedTools } from "./processes/used-tools.ts";

export type RenderedEnvironments = {
  /** In the order of promotion. */
  readonly environments: readonly FinishedEnvironment[];
  readonly toolVersions: Readonly<Record<string, string>>;
  /** With a cache: what was rendered again and why, what was not; for people. */
  readonly explanations: readonly string[];
  /** What kept the templates' tools in; undefined when none had to run. */
  readonly isolation: string | undefined;
};

/**
 * Renders environments of a delivery, all apps in parallel; nothing is written but scratch files
 * and the cache.
 * @throws InputError with the problems of every app and environment; TerminalError for a missing
 *   or too old tool.
 */
export async function renderEnvironments(options: RenderOptions): Promise<RenderedEnvironments> {
  const { delivery, parallelism = availableParallelism() } = options;
  const environments = chosenEnvironments(delivery, options.environments);
  const scratch = await mkdtemp(join(await realpath(tmpdir()), "fluxgate-render-"));
  let closing = async () => {};
  try {
    const { cacheFolder } = options;
    if (cacheFolder !== undefined) removeUnread(cacheFolder);
    const cache = cacheFolder === undefined ? undefined : openCache(cacheFolder);
    const installed = installedSchemas(options.roots.code, delivery.validate.schemas);
    const branches = await readBranchesOf(options, { environments, scratch });
    const inSlot = slots(parallelism);
    const tools = toolsOf(delivery, environments);
    const isolation = isolationOf(options, { scratch, tools });
    closing = isolation.close;
    const { start } = isolation;
    // Without a cache a tool runs for certain: set up while they tell their versions.
    if (cache === undefined && tools.length > 0) void start().catch(() => undefined);
    const { jobs, problems: unset } = appJobs(options, {
      ...{ environments, scratch, branches, inSlot },
      isolation: start,
    });
    // The tools tell their versions meanwhile; that one is missing comes before what is wrong.
    const [asked, found] = await Promise.allSettled([
      digestUsedTools(delivery, environments, { scratch, cache }),
      tryEach(jobs, parallelism, async (job) => prepareApp(job)),
    ]);
    if (asked.status === "rejected") throw asked.reason;
    const toolVersions = asked.value;
    await demandLockedTools(options.roots.code, toolVersions);
    if (found.status === "rejected") throw found.reason;
    const prepared = found.value.results.map((each) => digestedApp(each, toolVersions));
    const parts = { options, parallelism, cache, installed, branches };
    const rendered = await renderPrepared(environments, prepared, parts);
    const failed = [
      ...(unset.length > 0 ? [new InputError(unset, { code: "render-failed" })] : []),
      ...[...found.value.errors, ...rendered.errors],
    ];
    // What one app fails of hides nothing that is wrong with the others.
    const problems = rendered.finished.flatMap((each) => [
      ...each.problems,
      ...leakedSecrets(each, options.secrets),
    ]);
    throwAll(failed, problems);
    const { finished, explanations } = rendered;
    const isAll = finished.length === delivery.environments.length && options.apps === undefined;
    const unused = [
      ...(isAll ? unusedAllowances(delivery, finished) : []),
      ...installed.without.map((path) => ({
        message: `validate.schemas: ${path} holds no CustomResourceDefinition, so nothing is checked by it`,
      })),
    ];
    return {
      environments: finished.map((each, index) =>
        index === 0 ? { ...each, warnings: [...each.warnings, ...unused] } : each,
      ),
      toolVersions,
      explanations,
      isolation: await isolation.used(),
    };
  } finally {
    await closing();
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Parts = {
  readonly options: RenderOptions;
  readonly parallelism: number;
  readonly cache: RenderCache | undefined;
  readonly installed: InstalledSchemas;
  readonly branches: ReadonlyMap<string, CheckedOutBranch>;
};

async function renderPrepared(
  environments: readonly Environment[],
  prepared: readonly DigestedApp[],
  { options, parallelism, cache, installed, branches }: Parts,
) {
  const { delivery, checkDeterministic = false } = options;
  const planned = environments.map((environment) => {
    const apps = prepared.filter(({ job }) => job.environment === environment);
    const key = environmentKey(environment, apps, { ...options, installed });
    return { environment, key, apps, stored: storedEnvironment(environment, { cache, key }) };
  });
  const wanted = planned.flatMap(({ apps, stored }) => (stored ? [] : apps));
  const how = { cache, checkDeterministic };
  const rendered = new Map<DigestedApp, ChainedApp & { readonly why?: string }>();
  const finish = async ({ environment, apps, stored }: (typeof planned)[number]) => {
    const branch = branches.get(environment.name);
    const variablesDigest = digestOfVariables(apps[0]?.job.variables);
    const known = {
      ...(branch ? { configurationCommit: branch.commit } : {}),
      ...(variablesDigest === undefined ? {} : { variablesDigest }),
    };
    if (stored) return { ...stored, ...known };
    const own = apps.flatMap((app) => rendered.get(app) ?? []);
    const warnings = [...new Set(own.flatMap((each) => each.rendered.warnings))];
    const { images } = options;
    const given = images ? { images } : {};
    const isWhole = own.length === chosenApps(options, environment).length;
    const made = await finishEnvironment({
      ...{ environment, delivery, apps: own, warnings },
      installed,
      kube: options.kube,
      partial: options.apps !== undefined || !isWhole,
      ...given,
    });
    return { ...made, ...known };
  };
  const isComplete = (environment: Environment) =>
    planned.some(
      (plan) =>
        plan.environment === environment &&
        plan.apps.every((app) => rendered.has(app)) &&
        plan.apps.length === chosenApps(options, environment).length,
    );
  // Kubernetes' own code starts, and judges what is complete, while the tools of the rest run.
  if (wanted.length > 0) options.kube?.warm("validate");
  const early = new Map<Environment, Promise<FinishedEnvironment>>();
  // Twice as many apps as tools: while one's output is read, another's tool runs.
  const { errors } = await tryEach(wanted, 2 * parallelism, async (app) => {
    rendered.set(app, { prepared: app, ...(await readCachedApp(app, how)) });
    const plan = planned.find(({ environment }) => environment === app.job.environment);
    if (plan === undefined || !isComplete(plan.environment)) return;
    const finishing = finish(plan);
    // What it fails of is told below; until then nobody waits for it.
    finishing.catch(() => undefined);
    early.set(plan.environment, finishing);
  });
  const finished = await Promise.all(
    planned.map((plan) => early.get(plan.environment) ?? finish(plan)),
  );
  if (cache === undefined) return { finished, errors, explanations: [] };
  for (const [index, each] of finished.entries()) {
    const { key = "", stored } = planned[index] ?? {};
    if (!stored && isComplete(each.environment)) storeEnvironment(cache, key, each);
  }
  const explanations = planned.flatMap(({ environment, apps, stored }) =>
    stored
      ? [`${environment.name}: not rendered again, all its inputs are as before`]
      : reasons(
          environment,
          apps.flatMap((app) => rendered.get(app) ?? []),
        ),
  );
  return { finished, errors, explanations };
}

function reasons(
  environment: Environment,
  apps: readonly (ChainedApp & { readonly why?: string })[],
): readonly string[] {
  const again = apps.flatMap(({ prepared, why }) =>
    why === undefined ? [] : [`${environment.name}: app ${prepared.job.app.name} rendered: ${why}`],
  );
  const kept = apps.length - again.length;
  return kept === 0
    ? again
    : [...again, `${environment.name}: ${kept} of ${apps.length} apps from the cache`];
}

/** @throws InputError for names that the delivery does not have. */
export function chosenEnvironments(
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
