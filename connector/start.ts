import type { Logger } from "pino";
import { connectAzureDevOps } from "../clients/azure-devops/connection.ts";
import { causeText } from "../core/errors.ts";
import { findKube, openKube } from "../kube/open-node.ts";
import { buildSideReader } from "./builds/build-side.ts";
import type { ConnectorConfig, EnvironmentConfig } from "../core/connector-config/config.ts";
import { decidedHere, environmentsOf, type Connector } from "./connector.ts";
import { createLeavesOut } from "./left-out.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";
import type { Metrics } from "./metrics.ts";
import { openClusters } from "./open-clusters.ts";
import { openRepositories } from "./open-repositories.ts";
import { createAnswers } from "./observers/answer-questions.ts";
import { createQueue } from "./queue.ts";
import { createAfterWaits } from "./reconcilers/after-waits.ts";
import { createApprovals } from "./reconcilers/approvals.ts";
import { createEnvironments } from "./reconcilers/environments.ts";
import { createFreezes } from "./reconcilers/freezes.ts";
import { createFinder } from "./reconcilers/find-waits.ts";
import { createWaits } from "./reconcilers/waits.ts";
import { watchClusters } from "./watch-clusters.ts";
import { workText, type Work } from "./work.ts";
import { signIn } from "./sign-in.ts";
import { watchToken } from "./token-watch.ts";
import { tokenProvider } from "../clients/azure-devops/token-provider.ts";

/** One life of the connector: with one configuration, and as long as it leads. */
export type RunningConnector = {
  /** Why it is not ready; undefined when it is. */
  readonly unready: () => string | undefined;
  /** Something happened in some cluster. */
  readonly ring: () => void;
  readonly stop: () => Promise<void>;
};

type Surroundings = {
  readonly log: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly metrics: Metrics;
  /** That it is reached by, for the log. */
  readonly port: number;
  /** Asked before every call that writes. @throws when it may not. */
  readonly allowWrite: () => void;
};

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

// Timelines of large runs, and lists of large folders.
const longestAnswer = 32 * 1024 * 1024;

// Beside the connector's own memory, within the chart's limit.
const buildLimits = { maximumBytes: 256 * 1024 * 1024, recycleBytes: 192 * 1024 * 1024 };
const withoutBuild =
  "Flux' own build is not here: where files and objects do not map one to one, Kustomizations are judged whole";

/**
 * Signs in, opens the repositories, watches the clusters and begins to look.
 * @throws TerminalError, HttpError or InputError when the organisation, the token, a kubeconfig or
 * every repository is wrong. A cluster that does not answer is no reason to stop: it is silent.
 */
export async function startConnector(
  config: ConnectorConfig,
  { log, env, metrics, port, allowWrite }: Surroundings,
): Promise<RunningConnector> {
  const credentials = tokenProvider(config.azureDevOps, env);
  const kubernetes = openClusters(config);
  const ado = connectAzureDevOps({
    organisationUrl: config.azureDevOps.organisationUrl,
    userAgent: "fluxgate-connector",
    maxBytes: longestAnswer,
    ...credentials,
    fetch: (input, init) => {
      if (!reading.has(init?.method ?? "GET")) allowWrite();
      return fetch(input, init);
    },
    onCall: ({ method, area, status, ms }) => {
      metrics.calls.inc({ method, area, status: String(status) });
      metrics.callSeconds.observe({ area }, ms / 1000);
    },
  });
  const { authenticatedUser, instanceId } = await signIn(ado);
  const repositories = await openRepositories(ado, config, log);
  const tokenWatch = watchToken({
    ...{ azureDevOps: config.azureDevOps, metrics, log, now: ado.now },
    token: await credentials.token(),
  });
  const kube = openKube(findKube(), buildLimits);
  if (kube.digest === "") log.warn(withoutBuild);
  let starting = true;
  const clusters = watchClusters(config, kubernetes, { log, metrics, ring });
  const connector: Connector = {
    ...{ config, ado, clusters, log, metrics },
    builds: buildSideReader(kube),
    repositories: repositories.open,
    me: authenticatedUser.id,
    former: config.azureDevOps.formerIdentities ?? [],
    host: instanceId,
    began: ado.now(),
    leavesOut: createLeavesOut(ado, log),
  };
  const answers = createAnswers(connector);
  const afterWaits = createAfterWaits(connector);
  const freezes = createFreezes(connector);
  const approvals = createApprovals(connector);
  const waits = createWaits(connector, {
    ring: (wait) => queue.add({ look: "wait", wait }),
    succeeded: afterWaits.follow,
  });
  const environments = createEnvironments(connector, { readMerges: waits.readMerges });
  const finder = createFinder(connector, {
    known: waits.knows,
    holds: waits.holds,
    sawBuilds: waits.sawBuilds,
    sawRuns: afterWaits.sawRuns,
    sawBranches: waits.sawBranches,
    sawMergeOf: waits.sawMergeOf,
    found: (wait, open) => {
      waits.add(wait, open);
      queue.add({ look: "wait", wait });
    },
  });
  const queue = createQueue<Work>({
    ...{ textOf: workText, work, onError },
    backoffMs: [Math.min(1_000, config.timings.look / 4), 60_000],
  });

  async function work(one: Work): Promise<number | undefined> {
    switch (one.look) {
      case "wait":
        return waits.reconcile(one.wait);
      case "environment": {
        const environment = config.environments.find(({ name }) => name === one.environment);
        return environment && environments.reconcile(environment);
      }
      case "questions": {
        const environment = config.environments.find(({ name }) => name === one.environment);
        return environment && answers.reconcile(environment);
      }
      case "letters": {
        const repository = repositories.open.get(one.repository);
        const isLeftOut = connector.leavesOut?.("letters") ?? false;
        if (repository && !isLeftOut) await finder.byBranches(repository);
        return config.timings.letters;
      }
      case "builds": {
        const repository = repositories.open.get(one.repository);
        const isLeftOut = connector.leavesOut?.("letters") ?? false;
        if (repository && !isLeftOut) await finder.byBuilds(repository);
        return config.timings.discovery;
      }
      case "freezes":
      case "approvals": {
        const repository = repositories.open.get(one.repository);
        const reconciler = one.look === "freezes" ? freezes : approvals;
        return repository ? reconciler.reconcile(repository) : config.timings.discovery;
      }
      case "repository": {
        const opened = await repositories.tryAgain(one.repository);
        if (!opened) return config.timings.discovery;
        serve(opened);
        return undefined;
      }
    }
  }

  function onError(one: Work, error: unknown, attempt: number): void {
    const key = workText(one);
    metrics.failures.inc({ reconciler: one.look });
    log.warn({ err: error, key, attempt }, `Failed to look at ${key}: ${causeText(error)}`);
  }

  function serve(repository: ManifestsRepository): void {
    const { name } = repository.config;
    if (decidedHere(connector, repository).length > 0) {
      queue.add({ look: "builds", repository: name });
      queue.add({ look: "letters", repository: name });
      queue.add({ look: "freezes", repository: name });
      queue.add({ look: "approvals", repository: name });
    }
    for (const environment of environmentsOf(connector, repository)) {
      lookAt(environment);
    }
  }

  function lookAt({ name: environment, decider }: EnvironmentConfig): void {
    queue.add({ look: "environment", environment });
    if (decider !== undefined) queue.add({ look: "questions", environment });
  }

  // A change in a cluster concerns its environments, and every wait: the look is cheap.
  function ring(cluster: string): void {
    if (starting) return;
    for (const environment of config.environments) {
      const uses = environment.clusters.some(({ name }) => name === cluster);
      if (repositories.open.has(environment.repository) && uses) lookAt(environment);
    }
    for (const wait of waits.keys()) queue.add({ look: "wait", wait });
  }

  await Promise.all([...clusters.values()].map(({ listed }) => listed));
  starting = false;
  for (const { name } of config.repositories) {
    const repository = repositories.open.get(name);
    if (repository) serve(repository);
    else queue.add({ look: "repository", repository: name }, config.timings.discovery);
  }
  log.info(
    {
      port,
      mode: config.mode,
      identity: authenticatedUser.providerDisplayName,
      environments: config.environments.map(({ name }) => name),
    },
    "The connector is ready",
  );
  return {
    unready: () => {
      const silent = [...clusters.values()].flatMap((one) => {
        const why = one.silent();
        return why === undefined ? [] : [`cluster ${one.name}: ${why}`];
      });
      const problems = [...silent, ...repositories.problems()];
      return problems.length > 0 ? problems.join("; ") : undefined;
    },
    ring: () => {
      for (const name of clusters.keys()) ring(name);
    },
    stop: async () => {
      for (const cluster of clusters.values()) cluster.stop();
      await queue.stop();
      kube.close();
      tokenWatch.stop();
      metrics.waits.set(0);
      // Whoever leads now tells of them.
      metrics.clusterSilent.reset();
      metrics.observerSilent.reset();
    },
  };
}
