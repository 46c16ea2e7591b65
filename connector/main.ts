// `main --config FILE`: the connector process. Exit codes: 2 wrong input, 3 a service refuses.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import pino from "pino";
import { FluxgateError, InputError, causeText, userMessage } from "../core/errors.ts";
import { parseConfig } from "./config.ts";
import { startConnector } from "./start.ts";

const log = pino({
  level: process.env["FLUXGATE_LOG_LEVEL"] ?? "info",
  base: { name: "fluxgate-connector" },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ["*.token", "*.authorization", "*.headers.authorization"],
});

// Longer than a look takes, shorter than Kubernetes waits before it kills.
const longestStopMs = 10_000;

try {
  const file = configFile();
  const config = parseConfig(await read(file), file);
  const running = await startConnector(config, { log, env: process.env });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // Every step may be done twice: what is cut off here is done again by the next life.
    setTimeout(() => process.exit(0), longestStopMs).unref();
    void running.stop().finally(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} catch (error) {
  const defect = error instanceof FluxgateError ? {} : { err: error };
  log.fatal(
    { code: error instanceof FluxgateError ? error.code : "defect", ...defect },
    userMessage(error),
  );
  process.exit(error instanceof InputError ? 2 : 3);
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
