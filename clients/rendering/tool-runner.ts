import { join } from "node:path";
import { runProcess } from "../processes/run-process.ts";
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
  readonly onWarning: (text: string) => void;
  /** Lets so many tools of one render run at once. */
  readonly inSlot: ReturnType<typeof slots>;
  /** Of the whole render; set up when the first tool runs. */
  readonly isolation: () => Promise<Isolation>;
};

/** Runs tools for one app: clean environment, limits, stderr as warnings. */
export function toolRunner(options: Options): RunTool {
  const { scratch, limits, onWarning, inSlot, isolation } = options;
  let env: ReturnType<typeof toolEnvironment> | undefined;
  return async (tool, args, { cwd }) => {
    env ??= toolEnvironment(join(scratch, "tools"));
    const { command, path } = await isolation();
    const inside = path === undefined ? env : { ...env, PATH: path };
    const request = {
      ...command(tool, args, cwd),
      name: tool,
      cwd,
      env: inside,
      ...(limits ? { limits } : {}),
    };
    const { code, stdout, stderr } = await inSlot(() => runProcess(request));
    if (code !== 0) {
      throw new ToolFailure(tool, { stderr, commandLine: commandLine(tool, args) });
    }
    for (const line of stderr.split("\n").map((each) => each.trim())) {
      if (line !== "") onWarning(`${tool}: ${line}`);
    }
    return stdout;
  };
}
