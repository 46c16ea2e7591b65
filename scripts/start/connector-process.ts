import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { once } from "node:events";

export type ConnectorProcess = {
  readonly pid: number;
  /** Resolves when the process has ended. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
};

/** Starts the built connector with its configuration file; its JSON log goes to `logFile`. */
export function startConnector(options: {
  readonly bundle: string;
  readonly configFile: string;
  readonly logFile: string;
  readonly token: string;
  readonly onExit?: (code: number | null) => void;
}): ConnectorProcess {
  const child = spawn(process.execPath, [options.bundle, "--config", options.configFile], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], FLUXGATE_TOKEN: options.token },
  });
  const log = createWriteStream(options.logFile, { flags: "a" });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  child.on("exit", (code) => {
    log.end();
    options.onExit?.(code);
  });
  return { pid: child.pid ?? 0, stop: (signal = "SIGTERM") => stop(child, signal) };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(force);
}
