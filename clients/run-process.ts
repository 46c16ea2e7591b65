import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { TerminalError, TimeoutError } from "../core/errors.ts";
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

/**
 * Runs a program to its end; a code other than 0 is a result, not an exception.
 * @throws TerminalError `tool-missing` when there is no such program, `tool-limit` when it wrote or
 *   used more than allowed; TimeoutError when it took too long. It and its children are gone then.
 */
export function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  const { command, args, cwd, env, name = command } = request;
  const limits = { ...defaultLimits, ...request.limits };
  return new Promise((resolve, reject) => {
    const posix = process.platform !== "win32";
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: [request.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      // A group of its own, so that what the program started ends with it.
      detached: posix,
      windowsHide: true,
    });
    running.add(child);
    let failure: Error | undefined;
    const stop = (reason: Error) => {
      failure ??= reason;
      killGroup(child);
    };
    const timer = setTimeout(() => {
      stop(new TimeoutError(name, { waitedMs: limits.timeoutMs }));
    }, limits.timeoutMs);
    const unwatch = watchMemory(child.pid, limits.maxMemory, () => {
      stop(memoryExceeded(name, limits.maxMemory));
    });
    const read = (stream: NodeJS.ReadableStream | null) => {
      const chunks: Buffer[] = [];
      let size = 0;
      stream?.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= limits.maxOutput) chunks.push(chunk);
        else stop(overLimit(name, `wrote more than ${megabytes(limits.maxOutput)} MiB`));
      });
      return () => Buffer.concat(chunks);
    };
    // Its exit code and stderr tell why it stopped reading.
    child.stdin?.on("error", () => {});
    child.stdin?.end(request.input);
    const stdout = read(child.stdout);
    const stderr = read(child.stderr);
    const finish = () => {
      running.delete(child);
      clearTimeout(timer);
      unwatch();
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      finish();
      reject(error.code === "ENOENT" ? toolMissing(command, error) : error);
    });
    child.on("close", (code) => {
      finish();
      if (failure) reject(failure);
      else {
        const bytes = stdout();
        const texts = { stdout: bytes.toString("utf8"), stderr: stderr().toString("utf8") };
        resolve({ code: code ?? 1, bytes, ...texts });
      }
    });
  });
}

// A group of its own does not get the terminal's Ctrl-C: it ends with us all the same.
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) killGroup(child);
});

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
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
