import { join } from "node:path";
import type { App, Delivery, Environment } from "../core/delivery/delivery.ts";
import type { Problem } from "../core/errors.ts";
import type { Isolation } from "./processes/isolation.ts";
import { readConfigurationBranch } from "./inputs/config-branch.ts";
import type { CheckedOutBranch } from "./inputs/config-branch.ts";
import type { AppJob } from "./render-app.ts";
import type { RenderOptions } from "./render-options.ts";
import type { InSlot } from "./processes/slots.ts";
import { toolRunner } from "./processes/tool-runner.ts";
import { resolveVariables } from "./inputs/variables.ts";

/** Apps of an environment, in the order of fluxgate.yaml. */
export function appsOf(delivery: Delivery, environment: Environment): readonly App[] {
  return delivery.apps.filter((app) => app.environments?.includes(environment.name) ?? true);
}

/** Those of them that are to be rendered. */
export function chosenApps(options: RenderOptions, environment: Environment): readonly App[] {
  const { delivery, apps } = options;
  return appsOf(delivery, environment).filter(({ name }) => apps?.includes(name) ?? true);
}

type Parts = {
  readonly environments: readonly Environment[];
  readonly branches: ReadonlyMap<string, CheckedOutBranch>;
  readonly scratch: string;
  readonly inSlot: InSlot;
  readonly isolation: () => Promise<Isolation>;
};

export type AppJobs = {
  /** Of the environments whose variables all have a value. */
  readonly jobs: readonly AppJob[];
  /** Every variable that has no value, a wrong or a secret one, and unknown apps. */
  readonly problems: readonly Problem[];
};

/** What is to be rendered. */
export function appJobs(options: RenderOptions, parts: Parts): AppJobs {
  const { delivery, limits } = options;
  const resolved = parts.environments.map((environment) => ({
    environment,
    ...resolveVariables(environment, options.variables),
  }));
  const problems = [...unknownApps(options), ...resolved.flatMap((each) => each.problems)];
  const jobs = resolved.flatMap(({ environment, variables, problems: own }) => {
    if (own.length > 0) return [];
    const configuration = parts.branches.get(environment.name)?.root ?? options.roots.configuration;
    const roots = { code: options.roots.code, ...(configuration ? { configuration } : {}) };
    return chosenApps(options, environment).map((app) => {
      const jobIn = (scratch: string, anotherDay: boolean): AppJob => {
        const warnings = new Set<string>();
        const warn = (text: string) => void warnings.add(text);
        const { inSlot, isolation } = parts;
        const run = toolRunner({
          scratch,
          homes: join(parts.scratch, "homes"),
          onWarning: warn,
          repeat: `fluxgate validate --environment ${environment.name} --app ${app.name}`,
          inSlot,
          isolation,
          anotherDay,
          ...(limits ? { limits } : {}),
        });
        const repeated = () => jobIn(`${scratch}-again`, true);
        const job = { delivery, environment, app, roots, variables, scratch };
        return { ...job, run, warn, warnings, repeated };
      };
      return jobIn(join(parts.scratch, environment.name, app.name), false);
    });
  });
  return { jobs, problems };
}

function unknownApps({ delivery, apps = [] }: RenderOptions): readonly Problem[] {
  const known = delivery.apps.map(({ name }) => name);
  return apps
    .filter((name) => !known.includes(name))
    .map((name) => ({
      message: `delivery ${delivery.name} has no app "${name}": it has ${known.join(", ")}`,
    }));
}

/** The configuration repository's branches that environments name, each in a folder of its own. */
export async function readBranchesOf(
  { roots, pinnedBranches }: RenderOptions,
  { environments, scratch }: Pick<Parts, "environments" | "scratch">,
): Promise<ReadonlyMap<string, CheckedOutBranch>> {
  const found = new Map<string, CheckedOutBranch>();
  for (const { name, config } of environments) {
    const pinned = pinnedBranches?.get(name);
    if (config.branch !== undefined && pinned !== undefined) found.set(name, pinned);
    if (config.branch === undefined || roots.configuration === undefined || pinned) continue;
    const folder = join(scratch, "configuration", name, "files");
    const branch = await readConfigurationBranch(roots.configuration, {
      branch: config.branch,
      folder,
    });
    found.set(name, branch);
  }
  return found;
}
