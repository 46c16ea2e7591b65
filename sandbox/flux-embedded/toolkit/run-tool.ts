import { runProgram } from "../../processes/run-program.ts";

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
export async function runTool(
  command: string,
  args: readonly string[],
  { cwd, env = {}, signal, timeoutMs = 60_000 }: ToolOptions,
): Promise<ToolResult> {
  const { code, stdout, stderr } = await runProgram({
    ...{ command, args, signal, timeoutMs },
    ...(cwd === undefined ? {} : { cwd }),
    env: {
      PATH: process.env["PATH"],
      HOME: "/nonexistent",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_TERMINAL_PROMPT: "0",
      LC_ALL: "C",
      // kubectl and helm live for 40 ms, a quarter of it spent on collecting garbage.
      GOGC: "800",
      GOMEMLIMIT: "512MiB",
      ...env,
    },
  });
  return { code, stdout, stderr: stderr.toString("utf8").trim() };
}
