import { oddAnswer } from "../../clients/azure-devops/connection.ts";
import { monotonicNow } from "../../clients/monotonic.ts";
import { environmentsHubUrl } from "../../core/azure-devops/urls.ts";
import { decideStanding } from "../decide-standing.ts";
import {
  environmentStatuses,
  objectStatuses,
  type DeliveryVerdict,
} from "../../core/gate/environment-statuses.ts";
import { emptyMemory, type GateMemory } from "../../core/gate/memory.ts";
import { isUnder } from "../../core/flux/folder.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { repositoryOf, type Connector, type GateRoom } from "../connector.ts";
import { findLastChange, readEnvironmentFiles } from "../environment-files.ts";
import { createFetchedNews } from "../fetched-news.ts";
import { readGateInput } from "../gate-input.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { askObservers, sayUnasked } from "../observers/ask-observers.ts";
import { noteSilence } from "../observers/note-silence.ts";
import { allDeliveries } from "../../core/run/cluster-question.ts";
import { readPhases } from "./object-phases.ts";
import { createPoster, type Poster } from "./post-statuses.ts";
import { createSnapshots, type SnapshotsRoom } from "./snapshots.ts";

// A steady environment is looked at this often: workloads are not watched.
const steadyMs = 30_000;
const headAgeMs = 60_000;
// One look asks for each delivery, and for everything.
const sameLookMs = 2_000;

type Remembered = {
  readonly commit: string;
  readonly memory: GateMemory;
  /** Once seen healthy, all of the delivery's files are looked at. */
  readonly wasHealthy: boolean;
  /** At the last look. */
  readonly isHealthy: boolean;
};

/** What of the connector its environments need. */
export type EnvironmentsRoom = GateRoom & SnapshotsRoom & Pick<Connector, "leavesOut" | "metrics">;

export type EnvironmentNews = {
  /** Flux has fetched what never was the head. */
  readonly readMerges?: (repository: ManifestsRepository) => Promise<void>;
};

/** Statuses and snapshots of one environment; answers when to look again. */
export function createEnvironments(connector: EnvironmentsRoom, told: EnvironmentNews = {}) {
  const saidEmpty = new Map<string, string>();
  const remembered = new Map<string, Remembered>();
  const silentSince = new Map<string, number>();
  const posters = new Map<string, Poster>();
  const snapshots = createSnapshots(connector);
  const fetched = createFetchedNews(connector);

  async function reconcile(environment: EnvironmentConfig): Promise<number> {
    const { config, ado } = connector;
    const repository = repositoryOf(connector, environment);
    // A merge that is waited for tells the head itself.
    if (fetched.isAhead(environment)) await told.readMerges?.(repository);
    fetched.look(environment);
    const maxAgeMs = fetched.isAhead(environment) ? 0 : headAgeMs;
    const head = await repository.presumedHead(maxAgeMs);
    const commit = head && (await findLastCommit(connector, environment, head));
    if (commit === undefined) {
      sayEmpty(environment, repository, head);
      await snapshots.write(environment, { commit: undefined, healthy: false });
      return config.timings.resync;
    }
    const statuses = {
      environment: environment.name,
      statuses: environment.statuses,
      targetUrl: environmentsHubUrl({
        extension: config.azureDevOps.extension,
        organisationUrl: ado.organisationUrl,
        project: repository.config.project,
        environment: environment.name,
        commit,
      }),
    };
    const poster = posters.get(environment.name) ?? createPoster(connector);
    posters.set(environment.name, poster);
    // What Flux says of its own objects needs no verdict, and waits for none.
    if (!isSilentForNow(environment)) {
      const objects = await readPhases(connector, environment, commit);
      await poster.post(repository, commit, objectStatuses({ ...statuses, objects }));
    }
    const deliveries: DeliveryVerdict[] = [];
    for (const delivery of await repository.deliveries(commit, environment.path)) {
      deliveries.push({ delivery, verdict: await verdictOf(environment, commit, { delivery }) });
    }
    const rendered = deliveries.length > 0;
    const everything = await verdictOf(environment, commit, { rendered });
    if (isSilentForNow(environment)) return config.timings.look;
    const objects = await readPhases(connector, environment, commit);
    const objectsOnly = environment.decider !== undefined;
    const said = environmentStatuses({ ...statuses, deliveries, objects, everything, objectsOnly });
    await poster.post(repository, commit, said);
    const healthy = everything.kind === "succeeded";
    const moving =
      !healthy ||
      deliveries.some(({ verdict }) => verdict.kind !== "succeeded") ||
      objects.some(({ phase }) => phase.phase !== "in-sync");
    await snapshots.write(environment, { commit, healthy, moving });
    return moving ? config.timings.look : Math.max(steadyMs, config.timings.look);
  }

  function sayEmpty(
    { name, path }: EnvironmentConfig,
    { config }: ManifestsRepository,
    head: string | undefined,
  ): void {
    const branch = `branch ${config.branch}`;
    const what = head === undefined ? `no ${branch}` : `no folder ${path} on ${branch}`;
    const text = `Nothing is deployed in ${name}: ${what} of ${config.project}/${config.repository}`;
    if (saidEmpty.get(name) === text) return;
    saidEmpty.set(name, text);
    connector.log.info({ environment: name }, text);
  }

  // A cluster that was silent for less than the grace changes nothing that was said.
  function isSilentForNow({ clusters }: EnvironmentConfig): boolean {
    const now = monotonicNow();
    return clusters
      .filter(({ active }) => active)
      .some(({ name }) => {
        const silent = connector.clusters.get(name)?.silent() !== undefined;
        if (!silent) silentSince.delete(name);
        else if (!silentSince.has(name)) silentSince.set(name, now);
        return silent && now - (silentSince.get(name) ?? now) < connector.config.timings.grace;
      });
  }

  /** Of one delivery, or of everything in the environment. */
  async function verdictOf(
    environment: EnvironmentConfig,
    commit: string,
    of: { readonly delivery: string } | { readonly rendered: boolean },
  ): Promise<GateVerdict> {
    const delivery = "delivery" in of ? of.delivery : "";
    const key = `${environment.name}/${delivery}`;
    const before = remembered.get(key);
    const known = before?.commit === commit ? before : undefined;
    const question = {
      ...{ environment, delivery, target: { kind: "commit", commit } as const },
      ...("rendered" in of ? { everything: true, rendered: of.rendered } : {}),
      deadline: Infinity,
      memory: known?.memory ?? emptyMemory,
      whole: known?.wasHealthy ?? false,
      // A run has a wait of its own; here it is said how things are.
      settled: true,
      maxAgeMs: headAgeMs,
      freshMs: sameLookMs,
      observers: { standing: true } as const,
    };
    const input = await readGateInput(connector, { ...question, fresh: false });
    if (input.everything === true) noteSilence(connector.metrics, environment, input);
    // What was said before is not said anew: only a new success is read afresh.
    const fresh = known?.isHealthy ?? false;
    const own = await decideStanding({
      ...{ input, fresh, now: monotonicNow },
      readAfresh: (memory) => readGateInput(connector, { ...question, memory, fresh: true }),
    });
    const clusters = own.toQuestion ?? [];
    const name = "rendered" in of ? allDeliveries : delivery;
    const about = { clusters, commit, delivery: name, whole: false };
    const verdict = sayUnasked(own, await askObservers(connector, environment, about));
    const isHealthy = verdict.kind === "succeeded";
    remembered.set(key, {
      ...{ commit, memory: verdict.memory, isHealthy },
      wasHealthy: (known?.wasHealthy ?? false) || isHealthy,
    });
    return verdict;
  }

  return { reconcile };
}

// The last commit that changed what the environment is made of.
async function findLastCommit(
  connector: Pick<Connector, "clusters" | "repositories">,
  environment: EnvironmentConfig,
  head: string,
): Promise<string | undefined> {
  const repository = repositoryOf(connector, environment);
  const [last] = await repository.history(head, environment.path);
  // Nothing is newer than the head: wherever else its files lie is no question then.
  if (last === head) return head;
  const deliveries = last && (await repository.deliveries(last, environment.path));
  const { places: own, released } = await readEnvironmentFiles(connector, environment, {
    commit: head,
    rendered: deliveries !== undefined && deliveries.length > 0,
  });
  const isOwn = (path: string) => own.some((one) => isUnder(path, one));
  const charts = [...(released?.places.keys() ?? [])].filter((path) => !isOwn(path));
  const places = [...own, ...charts];
  const found = await findLastChange(repository, head, places);
  // One empty list is no proof that nothing is deployed: whoever knows the folder must say so too.
  if (found === undefined && (await askWhetherAny(repository, head, places))) {
    throw oddAnswer(`no commit has made ${places.join(", ")}, and it is there`);
  }
  return found;
}

async function askWhetherAny(
  repository: ManifestsRepository,
  head: string,
  places: readonly string[],
): Promise<boolean> {
  for (const place of places) {
    if (place === "" || (await repository.hasFolder(head, place))) return true;
  }
  return false;
}
