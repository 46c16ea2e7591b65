import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { HttpError, TerminalError, causeText } from "../core/errors.ts";
import { planAt, plannedLines } from "../core/connector-config/cluster-plan.ts";
import type { ConnectorConfig } from "../core/connector-config/config.ts";
import { startElection, type Election } from "./leader/elect.ts";
import { createMetrics } from "./metrics.ts";
import { openClusters } from "./open-clusters.ts";
import { startServer } from "./server.ts";
import { startConnector, type RunningConnector } from "./start.ts";

export type ConnectorProcess = {
  /** Lives on with another configuration; where that does not start, with the one before. */
  readonly reload: (config: ConnectorConfig) => Promise<void>;
  /** The file holds something that is no configuration. */
  readonly refused: () => void;
  /** Looks whether the plan of the clusters has changed with the time. */
  readonly lookAtPlan: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Surroundings = {
  readonly log: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** It cannot live on. */
  readonly onEnd: (error: unknown) => void;
};

/** The process around the connector's lives: its address, its configuration, who leads. */
export async function runConnector(
  first: ConnectorConfig,
  { log, env, onEnd }: Surroundings,
): Promise<ConnectorProcess> {
  const metrics = createMetrics();
  let config = first;
  let plan = planText(config);
  let life: RunningConnector | undefined;
  let election: Election | undefined;
  // One change after another: a life ends before the next begins.
  let turn: Promise<void> = Promise.resolve();
  const server = await startServer({
    listen: first.listen,
    registry: metrics.registry,
    unready: () => (life ? life.unready() : waitingFor()),
    bellKey: env["FLUXGATE_BELL_KEY"]?.trim() ?? "",
    onBell: () => life?.ring(),
  });

  // A replica that stands by is ready for what it is there for.
  function waitingFor(): string | undefined {
    const standsBy = election !== undefined && election.left() === 0 && election.leader() !== "";
    return standsBy ? undefined : "the connector starts";
  }

  function allowWrite(): void {
    if (election === undefined || config.leaderElection === undefined) return;
    if (election.left() > config.leaderElection.duration / 3) return;
    throw new HttpError("Failed to write: this replica does not lead any more", {
      code: "not-leader",
      status: 0,
      hint: "Another replica goes on with it.",
    });
  }

  async function begin(): Promise<void> {
    const at = new Date();
    for (const line of plannedLines(config, at)) log.info(line);
    plan = planText(config);
    const room = { log, env, metrics, port: server.port, allowWrite };
    life = await startConnector(planAt(config, at), room);
  }

  async function end(): Promise<void> {
    const ending = life;
    life = undefined;
    await ending?.stop();
  }

  function inTurn(act: () => Promise<void>): Promise<void> {
    turn = turn.then(act);
    // Whoever asked is told; the next is not held by it.
    const asked = turn;
    turn = turn.catch(() => undefined);
    return asked;
  }

  function elect(): void {
    const { leaderElection } = config;
    if (leaderElection === undefined) return;
    const { lease, cluster, duration } = leaderElection;
    const kubernetes = openClusters(planAt(config, new Date())).get(cluster);
    if (kubernetes === undefined) {
      throw new TerminalError(`Failed to elect a leader: there is no cluster ${cluster}`, {
        code: "no-cluster",
        hint: "Name one of clusters in leaderElection.cluster.",
      });
    }
    const me = `${env["HOSTNAME"] ?? "connector"}_${randomUUID()}`;
    log.info({ lease, me }, `Stands by for lease ${lease}`);
    election = startElection({
      ...{ kubernetes, lease, me, log, durationMs: duration },
      onChange: (leads) => {
        log.info({ lease, leads }, leads ? `Leads by lease ${lease}` : `Leads no longer`);
        inTurn(leads ? begin : end).catch(onEnd);
      },
    });
  }

  try {
    if (config.leaderElection) elect();
    else await begin();
  } catch (error) {
    await server.close();
    throw error;
  }

  async function change(next: ConnectorConfig): Promise<void> {
    const before = config;
    await end();
    await election?.stop();
    election = undefined;
    try {
      config = next;
      if (config.leaderElection) elect();
      else await begin();
      log.info("The configuration was read again");
    } catch (error) {
      config = before;
      log.error(
        { err: error, code: "configuration-refused" },
        `Failed to go on with the new configuration: ${causeText(error)}. The one before stays in use`,
      );
      metrics.configurationRefused.set(1);
      if (config.leaderElection) elect();
      else await begin();
      return;
    }
    metrics.configurationRefused.set(0);
  }

  return {
    reload: (next) => inTurn(() => change(next)),
    refused: () => metrics.configurationRefused.set(1),
    lookAtPlan: async () => {
      if (planText(config) === plan || life === undefined) return;
      await inTurn(async () => {
        await end();
        await begin();
      });
    },
    stop: async () => {
      await end();
      await election?.stop();
      await server.close();
    },
  };
}

function planText(config: ConnectorConfig): string {
  return plannedLines(config, new Date()).join("\n");
}
