// Runs as a process of its own and holds the cluster's processes: when whoever started it goes
// away, for whatever reason, its standard input ends, and with it everything it started.
import { spawn, type ChildProcess } from "node:child_process";
import { openSync } from "node:fs";
import { createInterface } from "node:readline";
import type { ProcessOrder } from "./process-group.ts";

const children: ChildProcess[] = [];

function start({ name, command, args, env, log }: ProcessOrder): void {
  const output = openSync(log, "a");
  const child = spawn(command, args, {
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    stdio: ["ignore", output, output],
  });
  const ended = (how: string) => process.stdout.write(`${JSON.stringify({ name, how })}\n`);
  child.on("error", (error) => ended(error.message));
  child.on("exit", (code, signal) => ended(`ended with ${signal ?? code}`));
  children.push(child);
}

// Nothing of the cluster is kept, so nothing needs to be put in order first.
function end(): void {
  for (const child of children) child.kill("SIGKILL");
  process.exit(0);
}

process.stdout.on("error", () => undefined);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
createInterface({ input: process.stdin })
  .on("line", (line) => start(JSON.parse(line) as ProcessOrder))
  .on("close", end);
