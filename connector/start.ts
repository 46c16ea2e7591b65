import type { Logger } from "pino";
import { connectAzureDevOps } from "../clients/azure-devops/connection.ts";
import { connectionData } from "../clients/azure-devops/identity.ts";
import { watchCluster } from "../clients/kubernetes/watch-cluster.ts";
import { HttpError, TerminalError, causeText } from "../core/errors.ts";
import type { ConnectorConfig } from "./config.ts";
import type { Connector } from "./connector.ts";
import { openRepository } from "./manifests-repository.ts";
import { createMetrics } from "./metrics.ts";
import { createQueue } from "./queue.ts";
import { createEnvironments } from "./reconcilers/environments.ts";
import { createFinder } from "./reconcilers/find-waits.ts";
import { createWaits } from "./reconcilers/waits.ts";
import { startServer } from "./server.ts";
import { tokenProvider } from "./token.ts";

export type RunningConnector = {
  readonly port: number;
  readonly stop: () => Promise<void>;
};

/**
 * Signs in, opens the repositories, watches the clusters and begins to look.
 * @throws TerminalError, HttpError or InputError when the organisation, the token or a repository
 * is wrong. A cluster that does not answer is no reason to stop: it is silent.
 */
export async function startConnector(
  config: ConnectorConfig,
  {
    log,
    env,
  }: { readonly log: Logger; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<RunningConnector> {
  const metrics = createMetrics();
  const { organisationUrl } = config.azureDevOps;
  const ado = connectAzureDevOps({
    ...{
      organisationUrl,
      userAgent: "fluxgate-connector",
      ...tokenProvider(config.azureDevOps, env),
    },
    onCall: ({ method, area, status, ms }) => {
      metrics.calls.inc({ method, area, status: String(status) });
      metrics.callSeconds.observe({ area }, ms / 1000);
    },
  });
  const { authenticatedUser, instanceId } = await signIn(ado, organisationUrl);
  const repositories = new Map(
    await Promise.all(
      config.repositories.map(async (one) => [one.name, await openRepository(ado, one)] as const),
    ),
  );
  const clusters = new Map(
    config.clusters.map(({ name, kubeconfig }) => [
      name,
      watchCluster({
        ...{ name, onChange: () => ring(name) },
        ...(kubeconfig === undefined ? {} : { kubeconfig }),
      }),
    ]),
  );
  const connector: Connector = {
    ...{ config, ado, repositories, clusters, log, metrics },
    me: authenticatedUser.id,
    host: instanceId,
  };
  const environments = createEnvironments(connector);
  const waits = createWaits(connector);
  const finder = createFinder(connector, {
    known: waits.knows,
    found: (key, open) => {
      waits.add(key, open);
      queue.add(`wait:${key}`);
    },
  });
  const queue = createQueue({ work, onError });

  async function work(key: string): Promise<number | undefined> {
    const colon = key.indexOf(":");
    const name = key.slice(colon + 1);
    switch (key.slice(0, colon)) {
      case "wait":
        return waits.reconcile(name);
      case "environment": {
        const environment = config.environments.find((one) => one.name === name);
        return environment && environments.reconcile(environment);
      }
      case "letters": {
        const repository = repositories.get(name);
        if (repository) await finder.byBranches(repository);
        return config.timings.letters;
      }
      case "builds": {
        const repository = repositories.get(name);
        if (repository) await finder.byBuilds(repository);
        return config.timings.discovery;
      }
      default:
        throw new Error(`no work is known for ${key}`);
    }
  }

  function onError(key: string, error: unknown, attempt: number): void {
    metrics.failures.inc({ reconciler: key.slice(0, key.indexOf(":")) });
    log.warn({ err: error, key, attempt }, `Failed to look at ${key}: ${causeText(error)}`);
  }

  // A change in a cluster concerns its environments, and every wait: the look is cheap.
  function ring(cluster: string): void {
    for (const environment of config.environments) {
      if (environment.clusters.some(({ name }) => name === cluster)) {
        queue.add(`environment:${environment.name}`);
      }
    }
    for (const key of waits.keys()) queue.add(`wait:${key}`);
  }

  await Promise.all([...clusters.values()].map(({ listed }) => listed));
  for (const cluster of clusters.values()) {
    const silent = cluster.silent();
    if (silent !== undefined) {
      log.error(
        { cluster: cluster.name, code: "kubernetes-unreachable" },
        `Cluster ${cluster.name} does not answer: ${silent}. Check its kubeconfig; it is asked again and again.`,
      );
    }
  }
  for (const name of repositories.keys()) {
    queue.add(`builds:${name}`);
    queue.add(`letters:${name}`);
  }
  for (const { name } of config.environments) queue.add(`environment:${name}`);

  const server = await startServer({
    listen: config.listen,
    registry: metrics.registry,
    unready: () =>
      [...clusters.values()].map((one) => one.silent()).find((why) => why !== undefined),
    bellKey: env["FLUXGATE_BELL_KEY"]?.trim() ?? "",
    onBell: () => {
      for (const name of clusters.keys()) ring(name);
    },
  });
  log.info(
    {
      port: server.port,
      mode: config.mode,
      identity: authenticatedUser.providerDisplayName,
      environments: config.environments.map(({ name }) => name),
    },
    "The connector is ready",
  );
  return {
    port: server.port,
    stop: async () => {
      for (const cluster of clusters.values()) cluster.stop();
      await queue.stop();
      await server.close();
    },
  };
}

async function signIn(ado: Connector["ado"], organisationUrl: string) {
  try {
    return await connectionData(ado);
  } catch (cause) {
    const status = cause instanceof HttpError ? cause.status : 0;
    const refused = status === 401 || status === 403 || status === 203;
    throw new TerminalError(`Failed to sign in to ${organisationUrl}: ${causeText(cause)}`, {
      code: refused ? "not-signed-in" : "organisation-unreachable",
      hint: refused
        ? "Check that the token is of this organisation and has not expired."
        : "Check organisationUrl in the configuration, and the network.",
      cause,
    });
  }
}
