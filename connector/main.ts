// `main --config FILE`: the connector process. Exit codes: 2 wrong input, 3 a service refuses.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import pino from "pino";
import { HttpError, InputError, TerminalError, userMessage } from "../core/errors.ts";
import { parseConfig } from "./config.ts";
import { startConnector } from "./start.ts";

const log = pino({
  level: process.env["FLUXGATE_LOG_LEVEL"] ?? "info",
  base: { name: "fluxgate-connector" },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ["*.token", "*.authorization", "*.headers.authorization"],
});

try {
  const { values } = parseArgs({ options: { config: { type: "string" } } });
  if (values.config === undefined) {
    throw new InputError([{ message: "--config FILE is missing" }], {
      hint: "Start it as: main --config connector.yaml",
    });
  }
  const running = await startConnector(parseConfig(await read(values.config), values.config), {
    log,
    env: process.env,
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void running.stop().finally(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} catch (error) {
  log.fatal(
    {
      code:
        error instanceof HttpError || error instanceof TerminalError || error instanceof InputError
          ? error.code
          : "defect",
    },
    userMessage(error),
  );
  process.exitCode = error instanceof InputError ? 2 : 3;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new InputError([{ file, message: "the configuration file cannot be read" }], { cause });
  }
}
