// Runs as a process of its own and holds the cluster's processes: when whoever started it goes
// away, for whatever reason, its standard input ends, and with it everything it started and their folder.
import { spawn, type ChildProcess } from "node:child_process";
import { openSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import type { ProcessOrder } from "./process-group.ts";

const [directory = ""] = process.argv.slice(2);
const running = new Set<ChildProcess>();
let ending = false;

function start({ name, command, args, env, log }: ProcessOrder): void {
  const output = openSync(log, "a");
  const child = spawn(command, args, {
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    stdio: ["ignore", output, output],
  });
  running.add(child);
  const ended = (how: string) => {
    running.delete(child);
    if (ending) return finish();
    process.stdout.write(`${JSON.stringify({ name, how })}\n`);
  };
  child.on("error", (error) => ended(error.message));
  child.on("exit", (code, signal) => ended(`ended with ${signal ?? code}`));
}

// Nothing of the cluster is kept, so nothing needs to be put in order first.
function end(): void {
  if (ending) return;
  ending = true;
  for (const child of running) child.kill("SIGKILL");
  finish();
}

function finish(): void {
  if (running.size > 0) return;
  rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.exit(0);
}

process.stdout.on("error", () => undefined);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
createInterface({ input: process.stdin })
  .on("line", (line) => start(JSON.parse(line) as ProcessOrder))
  .on("close", end);
