import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTool } from "../processes/find-tool.ts";
import { noIsolation, startIsolation } from "../processes/isolation.ts";
import { slots } from "../processes/slots.ts";
import { toolRunner } from "../processes/tool-runner.ts";
import { type RunTool, ToolFailure } from "../step-context.ts";

/** Helm, where it is there, cut off from network and files as for every render. */
export type HelmTool = {
  readonly run: RunTool;
  /** The same on another day, which shows what hangs on the time. */
  readonly runAnotherDay: RunTool;
  /** A folder that it may read. */
  readonly scratch: string;
  close(): void;
};

/** @returns undefined where there is no helm. */
export function openHelm(): HelmTool | undefined {
  if (findTool("helm") === undefined) return undefined;
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "fluxgate-charts-")));
  let isolation: ReturnType<typeof startIsolation> | undefined;
  const options = {
    ...{ scratch, homes: join(scratch, "homes"), onWarning: () => {}, inSlot: slots(1) },
    repeat: "helm template",
    limits: { timeoutMs: 60_000, maxOutput: 32 * 1024 * 1024 },
    isolation: () =>
      (isolation ??= startIsolation(scratch, { read: [], write: [scratch], tools: ["helm"] })),
  };
  return {
    run: toolRunner({ ...options, anotherDay: false }),
    runAnotherDay: toolRunner({ ...options, anotherDay: true }),
    scratch,
    close: () => {
      const ended = isolation ?? Promise.resolve(noIsolation("never started"));
      void ended.then((one) => one.close()).finally(() => rmSync(scratch, { recursive: true }));
    },
  };
}

/** Why a chart could not be had or rendered, in one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof ToolFailure ? helmError(error.stderr) : messageOf(error);
  return text.replaceAll(/\s+/g, " ").trim().slice(0, 600);
}

// Warnings come before it; hints on how to debug after it.
function helmError(stderr: string): string {
  const [, said = stderr] = /^Error: ([^]*?)(?:\n\nUse --debug[^]*)?$/m.exec(stderr) ?? [];
  return `helm says: ${said}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
