import { spawn } from "node:child_process";

export type ToolResult = {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
};

type ToolOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
};

/** Runs a program without a shell; a failure to start counts as exit code -1. */
export function runTool(
  command: string,
  args: readonly string[],
  { cwd, env = {}, signal, timeoutMs = 60_000 }: ToolOptions,
): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...(cwd ? { cwd } : {}),
      signal,
      timeout: timeoutMs,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"],
        HOME: "/nonexistent",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_TERMINAL_PROMPT: "0",
        LC_ALL: "C",
        ...env,
      },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    const finish = (code: number, stderr: string) =>
      resolve({ code, stdout: Buffer.concat(out), stderr });
    child.on("error", (error) => finish(-1, error.message));
    child.on("close", (code) => finish(code ?? -1, Buffer.concat(err).toString("utf8").trim()));
  });
}
