import { monotonicNow } from "../../clients/monotonic.ts";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import { environmentsHubUrl } from "../../core/azure-devops/urls.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { causeText, HttpError } from "../../core/errors.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import { questionStatus } from "../../core/run/cluster-question.ts";
import { repositoryOf, type Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

/** Nobody could be asked about a cluster, and why. */
export type Unasked = { readonly cluster: string; readonly cause: string };

/**
 * Asks the connectors of clusters that this one does not reach about X, on X.
 * @returns those that the service lets nobody ask: tried again once in `timings.discovery`
 */
export async function askObservers(
  connector: Pick<Connector, "ado" | "config" | "log" | "metrics" | "repositories">,
  environment: EnvironmentConfig,
  of: {
    readonly clusters: readonly string[];
    readonly commit: string;
    readonly delivery: string;
    readonly whole: boolean;
  },
): Promise<readonly Unasked[]> {
  const { ado, config, log, metrics } = connector;
  const { commit, delivery, whole } = of;
  const repository = repositoryOf(connector, environment);
  const unasked: Unasked[] = [];
  for (const cluster of of.clusters) {
    const page = environmentsHubUrl({
      extension: config.azureDevOps.extension,
      organisationUrl: ado.organisationUrl,
      project: repository.config.project,
      environment: environment.name,
      commit,
    });
    const { paths = [] } = environment.clusters.find(({ name }) => name === cluster) ?? {};
    const status = questionStatus({
      ...{ delivery, environment: environment.name, cluster, whole, paths, page },
    });
    if (config.mode === "observe") {
      log.debug({ commit, status: status.context.name }, "Would ask the cluster's own connector");
      continue;
    }
    const { name } = status.context;
    const known = refusals(repository);
    const before = known.get(name);
    if (before?.commit === commit && monotonicNow() - before.at < config.timings.discovery) {
      unasked.push({ cluster, cause: before.cause });
      continue;
    }
    const asking = postStatus(ado, { repo: repository.ref, commit, status });
    const made = await asking.catch((error: unknown) => causeOfRefusal(error, paths));
    if (typeof made === "string") {
      known.set(name, { commit, cause: made, at: monotonicNow() });
      unasked.push({ cluster, cause: made });
      log.warn({ commit, cluster }, `Failed to ask the connector of ${cluster}: ${made}`);
      continue;
    }
    known.delete(name);
    repository.noteStatus(commit, made);
    metrics.statuses.inc({ state: status.state });
    log.info(
      { commit, cluster, environment: environment.name },
      `Asked the connector of ${cluster} about ${commit.slice(0, 8)} (${status.context.name})`,
    );
  }
  return unasked;
}

type Refusal = { readonly commit: string; readonly cause: string; readonly at: number };

// What is refused now is so at the next look too: it is not asked at each.
const refused = new WeakMap<ManifestsRepository, Map<string, Refusal>>();

function refusals(repository: ManifestsRepository): Map<string, Refusal> {
  const known = refused.get(repository) ?? new Map<string, Refusal>();
  refused.set(repository, known);
  return known;
}

// UNVERIFIED: how long an address may be that Azure DevOps takes (docs/unverified.md, 6).
function causeOfRefusal(error: unknown, paths: readonly string[]): string {
  // What passes is tried again by itself.
  const isLasting = error instanceof HttpError && error.status >= 400 && error.status < 500;
  if (!isLasting || error.status === 408 || error.status === 429) throw error;
  const isOdd = [400, 413, 414].includes(error.status) && paths.length > 0;
  const hint = isOdd
    ? `. The question names ${paths.length} folders (environments[].clusters[].paths): fewer or shorter ones, such as a folder around them, make it shorter`
    : "";
  return `${causeText(error)}${hint}`;
}

/** The same verdict, with what keeps a cluster from being asked in place of "is being asked". */
export function sayUnasked(verdict: GateVerdict, unasked: readonly Unasked[]): GateVerdict {
  const lines = unasked.map(
    ({ cluster, cause }) => `cluster ${cluster}: its own connector cannot be asked: ${cause}`,
  );
  const [text] = lines;
  if (text === undefined) return verdict;
  const isHeld = verdict.kind === "waiting" && verdict.waitingFor === "observer";
  const progress = [...verdict.progress, ...lines];
  return isHeld ? { ...verdict, progress, text } : { ...verdict, progress };
}
