import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

export type ProcessOrder = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** File that gets its output. */
  readonly log: string;
};

export type ProcessGroup = {
  readonly start: (order: Omit<ProcessOrder, "log">) => void;
  /** Fails once one of the processes has ended by itself; otherwise never settles. */
  readonly broken: Promise<never>;
  readonly stop: () => Promise<void>;
};

/** Processes that end together, also when this one is killed, and their folder with them. */
export function createProcessGroup(directory: string): ProcessGroup {
  const program = fileURLToPath(new URL("./supervise.ts", import.meta.url));
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;
  // A session of its own: Ctrl-C in the terminal shall not end it before its owner is done.
  const holder = spawn(process.execPath, ["--import", loader, program, directory], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  holder.stdin.on("error", () => undefined);
  const logs = new Map<string, string>();
  let stopping = false;
  const ended = new Promise<void>((resolve) => holder.on("close", () => resolve()));
  const broken = new Promise<never>((_, reject) => {
    createInterface({ input: holder.stdout }).on("line", (line) => {
      const { name, how } = JSON.parse(line) as { name: string; how: string };
      if (!stopping) reject(new Error(`${name} ${how}: ${tail(logs.get(name))}`));
    });
  });
  broken.catch(() => undefined);
  return {
    broken,
    start: (order) => {
      const log = join(directory, `${order.name}.log`);
      logs.set(order.name, log);
      holder.stdin.write(`${JSON.stringify({ ...order, log })}\n`);
    },
    stop: async () => {
      stopping = true;
      holder.stdin.end();
      await ended;
    },
  };
}

function tail(log: string | undefined): string {
  try {
    return log ? readFileSync(log, "utf8").slice(-1000) : "";
  } catch {
    return "no output";
  }
}
