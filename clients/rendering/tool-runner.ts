import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "../processes/run-process.ts";
import type { ProcessLimits } from "../processes/run-process.ts";
import { toolEnvironment } from "../processes/tool-environment.ts";
import { commandLine } from "./command-line.ts";
import { ToolFailure } from "./step-context.ts";
import type { RunTool } from "./step-context.ts";

type Options = {
  /** An own folder: Helm's homes and temporary files. */
  readonly scratch: string;
  readonly limits?: Partial<ProcessLimits>;
  readonly onWarning: (text: string) => void;
};

/** Runs tools for one app: clean environment, limits, stderr as warnings. */
export function toolRunner({ scratch, limits, onWarning }: Options): RunTool {
  mkdirSync(scratch, { recursive: true });
  const env = toolEnvironment(join(scratch, "tools"));
  return async (tool, args, { cwd }) => {
    const request = { command: tool, args, cwd, env, ...(limits ? { limits } : {}) };
    const { code, stdout, stderr } = await runProcess(request);
    if (code !== 0) {
      throw new ToolFailure(tool, { stderr, commandLine: commandLine(tool, args) });
    }
    for (const line of stderr.split("\n").map((each) => each.trim())) {
      if (line !== "") onWarning(`${tool}: ${line}`);
    }
    return stdout;
  };
}
