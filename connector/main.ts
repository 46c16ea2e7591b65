// `main --config FILE`: the connector process. Exit codes: 2 wrong input, 3 a service refuses.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import pino from "pino";
import { FluxgateError, InputError, causeText, userMessage } from "../core/errors.ts";
import type { ConnectorConfig } from "../core/connector-config/config.ts";
import { parseConfig } from "../core/connector-config/parse-config.ts";
import { digestFiles, followFiles } from "./follow-files.ts";
import { openClusters } from "./open-clusters.ts";
import { runConnector, type ConnectorProcess } from "./run-connector.ts";

const log = pino({
  level: process.env["FLUXGATE_LOG_LEVEL"] ?? "info",
  base: { name: "fluxgate-connector" },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ["*.token", "*.authorization", "*.headers.authorization"],
});

// A mounted ConfigMap takes a minute to come; a look is one small file.
const configurationAgeMs = 2_000;

// Longer than a look takes, shorter than Kubernetes waits before it kills.
const longestStopMs = 10_000;

// Listened for before anything else: the first process of a container is ended by no signal that it
// does not handle.
let running: ConnectorProcess | undefined;
let stopping = false;
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

try {
  const file = configFile();
  let config = parseConfig(await read(file), file);
  const files = () => [file, ...config.clusters.flatMap(({ kubeconfig }) => kubeconfig ?? [])];
  // Before anything is read of them: no change is missed.
  const seen = await digestFiles(files());
  const connector = await runConnector(config, { log, env: process.env, onEnd: end });
  running = connector;
  followFiles({
    ...{ files, seen, everyMs: configurationAgeMs },
    onLook: async (changed) => {
      if (changed) config = (await reload(connector, file)) ?? config;
      else await connector.lookAtPlan();
    },
  });
} catch (error) {
  end(error);
}

/** Goes on with what stands in the file now, or says why it does not. */
async function reload(
  connector: ConnectorProcess,
  file: string,
): Promise<ConnectorConfig | undefined> {
  if (stopping) return undefined;
  let next: ConnectorConfig;
  try {
    next = parseConfig(await read(file), file);
    // The kubeconfig of one cluster that is gone or broken stops no other.
    openClusters(next);
  } catch (error) {
    log.error(
      { code: "configuration-refused" },
      `${userMessage(error)} The configuration before stays in use`,
    );
    connector.refused();
    return undefined;
  }
  await connector.reload(next).catch(end);
  return next;
}

function end(error: unknown): void {
  const defect = error instanceof FluxgateError ? {} : { err: error };
  log.fatal(
    { code: error instanceof FluxgateError ? error.code : "defect", ...defect },
    userMessage(error),
  );
  process.exit(error instanceof InputError ? 2 : 3);
}

function stop(): void {
  if (stopping) return;
  stopping = true;
  // Every step may be done twice: what is cut off here is done again by the next life.
  if (!running) process.exit(0);
  setTimeout(() => process.exit(0), longestStopMs).unref();
  void running.stop().finally(() => process.exit(0));
}

function configFile(): string {
  try {
    const { values } = parseArgs({ options: { config: { type: "string" } } });
    if (values.config !== undefined) return values.config;
  } catch (cause) {
    throw usage(causeText(cause));
  }
  throw usage("--config FILE is missing");
}

function usage(message: string): InputError {
  return new InputError([{ message }], { hint: "Start it as: main --config connector.yaml" });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const absent = (cause as { readonly code?: string }).code === "ENOENT";
    const why = absent ? "there is no such file" : causeText(cause);
    throw new InputError([{ file, message: `the configuration cannot be read: ${why}` }], {
      hint: "--config names the connector's configuration; docs/connector.md has one to begin with.",
      cause,
    });
  }
}
