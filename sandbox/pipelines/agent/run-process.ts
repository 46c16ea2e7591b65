import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { say, type StepContext } from "../engine/job-context.ts";
import type { Result } from "../run.ts";
import { applyCommand, brokenCommand, failedCommand } from "./apply-command.ts";
import { complain } from "./complain.ts";
import { parseCommand } from "./parse-command.ts";
import { environmentOf } from "./environment.ts";

const graceMs = 2000;

/**
 * Runs a process as the agent does: variables become environment variables (secrets do not),
 * every line goes to the log, `##vso` lines are obeyed. The exit code decides, with the results that
 * the process said itself; one command that cannot be done makes it fail once it has ended.
 */
export async function runProcess(
  context: StepContext,
  process_: {
    readonly command: string;
    readonly args: readonly string[];
    readonly folder: string;
    readonly env: Readonly<Record<string, string>>;
    readonly failOnStderr?: boolean;
  },
): Promise<Result> {
  const { command, args, folder, env, failOnStderr = false } = process_;
  const child = spawn(command, [...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that cancel ends what it started too.
    detached: true,
    env: { ...environmentOf(context), ...env },
  });
  const stop = () => endGroup(child);
  if (context.signal.aborted) stop();
  context.signal.addEventListener("abort", stop, { once: true });
  let said: Result | undefined;
  // Of the commands that could not be done.
  let commands: Result | undefined;
  let complained = false;
  const read = async (stream: NodeJS.ReadableStream, isError: boolean) => {
    for await (const line of createInterface({ input: stream })) {
      const vso = parseCommand(line);
      if (!vso) {
        if (line.includes("##vso")) complain(context, "warning", brokenCommand(line));
        if (isError && line.trim() !== "") complained = true;
        say(context, line);
        continue;
      }
      try {
        const outcome = await applyCommand(context, vso);
        if (outcome) said = merged(said, outcome);
      } catch (error) {
        fail(context, failedCommand(line));
        commands = fail(context, error instanceof Error ? error.message : String(error));
      }
    }
  };
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "ENOENT"
          ? new Error(`Unable to locate executable file: '${command}', or the folder ${folder}.`)
          : error,
      ),
    );
    child.on("close", (code) => resolve(code ?? 1));
  });
  const [code] = await Promise.all([
    ended,
    read(child.stdout, false),
    read(child.stderr, true),
  ]).finally(() => context.signal.removeEventListener("abort", stop));
  if (context.signal.aborted) return "canceled";
  if (code !== 0 && said !== "failed") {
    said = merged(said, fail(context, `${exited(command)} ${code}.`));
  }
  if (failOnStderr && complained) {
    const text = "One or more lines were written to the standard error stream.";
    said = merged(said, fail(context, text));
  }
  return merged(said ?? "succeeded", commands ?? "succeeded");
}

const ranks: readonly Result[] = [
  ...(["succeeded", "succeededWithIssues", "failed", "canceled", "skipped", "abandoned"] as const),
];

// The worse one; what is neither success nor failure stays (the agent's TaskResultUtil).
function merged(current: Result | undefined, coming: Result): Result {
  if (current === undefined) return coming;
  const rank = ranks.indexOf(current);
  if (rank > ranks.indexOf("failed")) return current;
  return ranks.indexOf(coming) >= rank ? coming : current;
}

function exited(command: string): string {
  const name = command.split("/").at(-1) ?? command;
  return `The process '${name}' failed with exit code`;
}

function fail(context: StepContext, message: string): Result {
  complain(context, "error", message);
  return "failed";
}

// As the agent: asked first, then forced.
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  const send = (signal: NodeJS.Signals) => {
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended already.
    }
  };
  send("SIGTERM");
  setTimeout(() => send("SIGKILL"), graceMs).unref();
}
