import { join } from "node:path";
import { FluxgateError, userMessage } from "../../core/errors.ts";
import { harmless } from "../../core/harmless.ts";
import { otherDay } from "../processes/other-day.ts";
import { defaultLimits, memoryExceeded, runProcess } from "../processes/run-process.ts";
import type { ProcessLimits } from "../processes/run-process.ts";
import type { Isolation } from "../processes/isolation.ts";
import { toolEnvironment } from "../processes/tool-environment.ts";
import { commandLine } from "./command-line.ts";
import type { slots } from "./slots.ts";
import { ToolFailure } from "./step-context.ts";
import type { RunTool } from "./step-context.ts";

type Options = {
  /** An own folder: Helm's homes and temporary files. */
  readonly scratch: string;
  readonly limits?: Partial<ProcessLimits>;
  /** Whether it is another day for the tools than today. */
  readonly anotherDay: boolean;
  readonly onWarning: (text: string) => void;
  /** Repeats a run whose files are gone when a person wants to. */
  readonly repeat: string;
  /** Lets so many tools of one render run at once. */
  readonly inSlot: ReturnType<typeof slots>;
  /** Of the whole render; set up when the first tool runs. */
  readonly isolation: () => Promise<Isolation>;
};

/** More of them say nothing new, and a hostile template can make as many as it likes. */
const maxWarnings = 50;
const maxWarningLength = 500;

/** Runs tools for one app: clean environment, limits, stderr as warnings. */
export function toolRunner(options: Options): RunTool {
  const { scratch, onWarning, repeat, inSlot, isolation, anotherDay } = options;
  const limits = { ...defaultLimits, ...options.limits };
  let env: Readonly<Record<string, string>> | undefined;
  return async (tool, args, { cwd }) => {
    env ??= {
      ...toolEnvironment(join(scratch, "tools")),
      ...(anotherDay ? { TZ: otherDay(join(scratch, "tools")) } : {}),
    };
    const { command, path } = await isolation();
    const inside = path === undefined ? env : { ...env, PATH: path };
    const { maxMemory } = limits;
    const within = command(tool, args, { cwd, maxMemory });
    const request = { ...within, name: tool, cwd, env: inside, limits };
    const isOwn = [cwd, ...args].some((text) => text.includes(scratch));
    const again = isOwn ? repeat : commandLine(tool, args);
    const failed = (stderr: string) => new ToolFailure(tool, { stderr, commandLine: again });
    const { code, stdout, stderr } = await inSlot(() => runProcess(request)).catch(
      (error: unknown) => {
        throw isLimit(error) ? failed(userMessage(error)) : error;
      },
    );
    // What Go says when the kernel gives no more.
    if (code !== 0 && /out of memory|cannot allocate memory/.test(stderr.slice(0, 4096))) {
      throw failed(userMessage(memoryExceeded(tool, maxMemory)));
    }
    if (code !== 0) throw failed(stderr);
    const lines = stderr.split("\n", maxWarnings).map((each) => each.trim());
    for (const line of lines) {
      if (line !== "") onWarning(`${tool}: ${harmless(line.slice(0, maxWarningLength))}`);
    }
    return stdout;
  };
}

function isLimit(error: unknown): boolean {
  return error instanceof FluxgateError && ["timeout", "tool-limit"].includes(error.code);
}
