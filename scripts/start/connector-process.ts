import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type ConnectorProcess = {
  readonly pid: number;
  /** Resolves when the process has ended. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
};

const patienceMs = 120_000;

/**
 * Starts the built connector with its configuration file and waits until it is ready; its JSON log
 * goes to `logFile`. @throws with its last line when it ends before.
 */
export async function startConnector(options: {
  readonly bundle: string;
  readonly configFile: string;
  readonly logFile: string;
  readonly token: string;
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called when it ends although nobody asked it to. */
  readonly onDeath: (lastWords: string) => void;
}): Promise<ConnectorProcess> {
  const child = spawn(process.execPath, [options.bundle, "--config", options.configFile], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"], FLUXGATE_TOKEN: options.token, ...options.env },
  });
  const log = createWriteStream(options.logFile, { flags: "a" });
  // A connector must not outlive whoever started it, however that ends.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  let last = "";
  let timer: NodeJS.Timeout | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      log.write(`${line}\n`);
      last = wordsOf(line);
      if (line.includes('"The connector is ready"')) resolve();
    });
    child.once("exit", () => reject(new Error(`Failed to start the connector: ${last}`)));
    child.once("error", reject);
    timer = setTimeout(() => {
      kill();
      reject(
        new Error(`Failed to start the connector: not ready in ${patienceMs / 1000} s. ${last}`),
      );
    }, patienceMs);
  });
  await ready.finally(() => clearTimeout(timer));
  // By 0 it ends when it is asked to: Ctrl-C asks all that runs in a terminal.
  const died = (code: number | null) => code !== 0 && options.onDeath(last);
  child.once("exit", died);
  return {
    pid: child.pid ?? 0,
    stop: (signal = "SIGTERM") => {
      child.off("exit", died);
      return stop(child, signal);
    },
  };
}

// A line of its log is JSON; whatever else it may write is taken as it is.
function wordsOf(line: string): string {
  try {
    const { msg } = JSON.parse(line) as { readonly msg?: unknown };
    return typeof msg === "string" ? msg : line;
  } catch {
    return line;
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(force);
}
