import { TerminalError, TimeoutError } from "../core/errors.ts";
import { killGroup, type RunProgram } from "./program.ts";
import { runByStarter } from "./run-by-starter.ts";
import { runDirectly } from "./run-directly.ts";
import { watchMemory } from "./watch-memory.ts";

export type ProcessRequest = {
  readonly command: string;
  /** How messages call it; the command when absent. */
  readonly name?: string;
  /** Never a shell line: each argument reaches the program as it is. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Written to its stdin, which is empty when absent. */
  readonly input?: Uint8Array;
  readonly limits?: Partial<ProcessLimits>;
};

export type ProcessLimits = {
  readonly timeoutMs: number;
  /** Of stdout and of stderr, bytes. */
  readonly maxOutput: number;
  /** Resident memory, bytes; watched on Linux only. */
  readonly maxMemory: number;
};

export type ProcessResult = {
  readonly code: number;
  readonly stdout: string;
  /** The same as it came. */
  readonly bytes: Buffer;
  readonly stderr: string;
};

export const defaultLimits: ProcessLimits = {
  timeoutMs: 120_000,
  maxOutput: 128 * 1024 * 1024,
  maxMemory: 2 * 1024 * 1024 * 1024,
};

// From this resident size on the starter pays for itself with the tenth program.
const largeFrom = 128 * 1024 * 1024;

// macOS starts programs without fork, Windows has none.
const chooseWay = (): RunProgram =>
  process.platform === "linux" && process.memoryUsage.rss() >= largeFrom
    ? runByStarter
    : runDirectly;

/**
 * Runs a program to its end; a code other than 0 is a result, not an exception.
 * @throws TerminalError `tool-missing` when there is no such program, `tool-limit` when it wrote or
 *   used more than allowed; TimeoutError when it took too long. It and its children are gone then.
 */
export async function runProcess(
  request: ProcessRequest,
  run: RunProgram = chooseWay(),
): Promise<ProcessResult> {
  const { command, args, cwd, env, input, name = command } = request;
  const { timeoutMs, maxOutput, maxMemory } = { ...defaultLimits, ...request.limits };
  let failure: Error | undefined;
  let started: number | undefined;
  let unwatch = () => {};
  const stop = (reason: Error) => {
    failure ??= reason;
    if (started !== undefined) killGroup(started);
  };
  const timer = setTimeout(() => {
    stop(new TimeoutError(name, { waitedMs: timeoutMs }));
  }, timeoutMs);
  const onStart = (group: number) => {
    started = group;
    if (failure) killGroup(group);
    unwatch = watchMemory(group, maxMemory, () => stop(memoryExceeded(name, maxMemory)));
  };
  try {
    const end = await run({ command, args, cwd, env, input, maxOutput }, onStart);
    if (failure) throw failure;
    if (end.flooded) throw overLimit(name, `wrote more than ${megabytes(maxOutput)} MiB`);
    const { code, stdout: bytes, stderr } = end;
    const texts = { stdout: bytes.toString("utf8"), stderr: stderr.toString("utf8") };
    return { code: code ?? 1, bytes, ...texts };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw missing ? toolMissing(command, error) : error;
  } finally {
    clearTimeout(timer);
    unwatch();
  }
}

function toolMissing(command: string, cause: unknown): TerminalError {
  return new TerminalError(`Failed to find tool ${command}: it is not on PATH`, {
    code: "tool-missing",
    hint: `Install ${command} on the agent or machine, or put it on PATH.`,
    cause,
  });
}

/** The error of a program that took more memory than it may. */
export function memoryExceeded(name: string, limit: number): TerminalError {
  return overLimit(name, `used more than ${megabytes(limit)} MiB of memory`);
}

function overLimit(command: string, what: string): TerminalError {
  return new TerminalError(`Failed to run ${command}: it ${what}`, {
    code: "tool-limit",
    hint: "Look for a loop or a very large file in what it renders.",
  });
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
