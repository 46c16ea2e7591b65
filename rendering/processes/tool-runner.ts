import { isUtf8 } from "node:buffer";
import { join } from "node:path";
import { FluxgateError, userMessage } from "../../core/errors.ts";
import { harmless } from "../../core/harmless.ts";
import { otherDay } from "./other-day.ts";
import { defaultLimits, memoryExceeded, runProcess } from "../../clients/run-process.ts";
import type { ProcessLimits } from "../../clients/run-process.ts";
import type { Isolation } from "./isolation.ts";
import { toolEnvironment } from "./tool-environment.ts";
import { commandLine } from "./command-line.ts";
import type { InSlot } from "./slots.ts";
import { ToolFailure } from "../step-context.ts";
import type { RunTool } from "../step-context.ts";

type Options = {
  /** The app's own folder, gone after the render. */
  readonly scratch: string;
  /** Of the whole render: each slot has a home in it, for Helm's caches and temporary files. */
  readonly homes: string;
  readonly limits?: Partial<ProcessLimits>;
  /** Whether it is another day for the tools than today. */
  readonly anotherDay: boolean;
  readonly onWarning: (text: string) => void;
  /** Repeats a run whose files are gone when a person wants to. */
  readonly repeat: string;
  /** Lets so many tools of one render run at once. */
  readonly inSlot: InSlot;
  /** Of the whole render; set up when the first tool runs. */
  readonly isolation: () => Promise<Isolation>;
};

/** More of them say nothing new, and a hostile template can make as many as it likes. */
const maxWarnings = 50;
const maxWarningLength = 500;

// Clock and process of a line of Go's log or of klog: with them no two renders would say the same.
const stamp =
  /^(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d |[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w.-]+:\d+\] )/;

/** Runs tools for one app: clean environment, limits, stderr as warnings. */
export function toolRunner(options: Options): RunTool {
  const { scratch, homes, onWarning, repeat, inSlot, isolation, anotherDay } = options;
  const limits = { ...defaultLimits, ...options.limits };
  return async (tool, args, { cwd }) => {
    const { command, path } = await isolation();
    const { maxMemory } = limits;
    const within = command(tool, args, { cwd, maxMemory });
    const inHome = (home: string) => ({
      ...toolEnvironment(home),
      ...(anotherDay ? { TZ: otherDay(home) } : {}),
      ...(path === undefined ? {} : { PATH: path }),
    });
    const request = { ...within, name: tool, cwd, limits };
    const isOwn = [cwd, ...args].some((text) => text.includes(scratch));
    const again = isOwn ? repeat : commandLine(tool, args);
    const failed = (stderr: string) => new ToolFailure(tool, { stderr, commandLine: again });
    const { code, bytes, stdout, stderr } = await inSlot((slot) =>
      runProcess({ ...request, env: inHome(join(homes, String(slot))) }),
    ).catch((error: unknown) => {
      throw isLimit(error) ? failed(userMessage(error)) : error;
    });
    if (code !== 0 && noMemory.test(stderr.slice(0, 4096))) {
      throw failed(userMessage(memoryExceeded(tool, maxMemory)));
    }
    if (code !== 0) throw failed(stderr);
    if (!isUtf8(bytes)) throw failed("its output is no UTF-8 text: save what it reads as UTF-8");
    const lines = stderr.split("\n", maxWarnings).map((each) => each.replace(stamp, "").trim());
    for (const line of lines) {
      if (line !== "") onWarning(`${tool}: ${harmless(line.slice(0, maxWarningLength))}`);
    }
    return stdout;
  };
}

// What Go says when the kernel gives no more; its collector does not always ask, and falls over what it
// did not get (Go 1.26, runtime/mgcmark_greenteagc.go).
const noMemory =
  /out of memory|cannot allocate memory|SIGSEGV: [^]{0,200}goroutine 0 [^]{0,400}runtime\/m(?:gc|heap|alloc)/;

function isLimit(error: unknown): boolean {
  return error instanceof FluxgateError && ["timeout", "tool-limit"].includes(error.code);
}
