import { spawn, type ChildProcess } from "node:child_process";
import { delimiter } from "node:path";
import { createInterface } from "node:readline";
import { expandMacros } from "../engine/variables.ts";
import type { Result } from "../state.ts";
import { applyCommand, parseCommand } from "./commands.ts";
import { say, type StepContext } from "./step-context.ts";

const graceMs = 2000;

/**
 * Runs a process as the agent does: variables become environment variables (secrets do not),
 * every line goes to the log, `##vso` lines are obeyed. The exit code decides, unless the process
 * said its result itself.
 */
export async function runProcess(
  context: StepContext,
  process_: {
    readonly command: string;
    readonly args: readonly string[];
    readonly folder: string;
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<Result> {
  const { command, args, folder, env } = process_;
  const child = spawn(command, [...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that cancel ends what it started too.
    detached: true,
    env: { ...environmentOf(context), ...env },
  });
  const stop = () => endGroup(child);
  context.signal.addEventListener("abort", stop, { once: true });
  let said: Result | undefined;
  const read = async (stream: NodeJS.ReadableStream) => {
    for await (const line of createInterface({ input: stream })) {
      const vso = parseCommand(line);
      if (!vso) {
        say(context, line);
        continue;
      }
      const outcome = await applyCommand(context, vso);
      if (outcome && said !== "failed") said = outcome;
    }
  };
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  const [code] = await Promise.all([ended, read(child.stdout), read(child.stderr)]);
  context.signal.removeEventListener("abort", stop);
  if (context.signal.aborted) return "canceled";
  if (code !== 0 && said !== "failed") {
    const message = `The process '${command}' failed with exit code ${code}`;
    context.taskRecord.issues.push({ type: "error", message });
    say(context, `##[error]${message}`);
    return "failed";
  }
  return said ?? "succeeded";
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

function environmentOf(context: StepContext): Record<string, string> {
  const { variables, state, step } = context;
  const path = [state.stubsDirectory, state.toolsDirectory, process.env["PATH"]]
    .filter(Boolean)
    .join(delimiter);
  const env: Record<string, string> = { PATH: path, LANG: "C.UTF-8", HOME: state.workDirectory };
  for (const { name, value, isSecret } of variables.values()) {
    if (!isSecret) env[environmentName(name)] = value;
  }
  for (const [name, value] of Object.entries(step.env)) {
    env[name] = expandMacros(value, variables);
  }
  return env;
}

export function environmentName(variable: string): string {
  return variable.replace(/[. ]/g, "_").toUpperCase();
}
