// RenderManifests' engine as `fluxgate render` against the bare tools with the same parallelism,
// and against itself with nothing changed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { mapLimited } from "../../clients/map-limited.ts";
import { ensureBuilt } from "../build/ensure-built.ts";
import { ensureJsonnet, ensureTools } from "../tools.ts";
import { writeWorkload } from "./render-workload.ts";
import type { Chain } from "./render-workload.ts";

const rounds = 9;
/** design.md §8. */
const budgets = { fresh: 1.15, unchanged: 0.1 };

type Run = { readonly ms: number; readonly peakMiB: number };

/** Prints the figures; whether they are within the budgets. */
export async function renderBench(): Promise<boolean> {
  await ensureBuilt(["cli"]);
  const { bin, helm } = await ensureTools();
  const jsonnet = await ensureJsonnet();
  process.env["PATH"] = [bin, jsonnet ?? "", process.env["PATH"]].join(delimiter);
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-bench-"));
  try {
    const checkout = join(folder, "checkout");
    const chains = writeWorkload(checkout, { helm, jsonnet: jsonnet !== undefined });
    const cache = join(folder, "cache");
    const measured: { bare: Run; fresh: Run; cold: Run; unchanged: Run }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const out = (name: string) => join(folder, `${name}-${round}`);
      rmSync(cache, { recursive: true, force: true });
      // In turn first: the machine may be faster at one moment than at the next.
      const early = round % 2 === 0 ? await runBareTools(checkout, chains) : undefined;
      const fresh = await runFluxgate(checkout, ["--out", out("fresh")]);
      const bare = early ?? (await runBareTools(checkout, chains));
      const cold = await runFluxgate(checkout, ["--out", out("cached"), "--cache", cache]);
      const unchanged = await runFluxgate(checkout, ["--out", out("cached"), "--cache", cache]);
      measured.push({ bare, fresh, cold, unchanged });
    }
    return report(measured, chains.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Measured = readonly Readonly<Record<"bare" | "fresh" | "cold" | "unchanged", Run>>[];

function report(measured: Measured, count: number): boolean {
  const ms = (key: keyof Measured[number]) => median(measured.map((each) => each[key].ms));
  const ratio = (key: keyof Measured[number]) =>
    median(measured.map((each) => each[key].ms / each.bare.ms));
  const peak = Math.max(...measured.map(({ fresh }) => fresh.peakMiB));
  const line = (label: string, key: keyof Measured[number], budget?: number) => {
    const limit = budget === undefined ? "" : ` (budget ${budget})`;
    console.log(
      `  ${label.padEnd(38)}${ms(key).toFixed(0).padStart(6)} ms  ${ratio(key).toFixed(2)} ×${limit}`,
    );
  };
  console.log(
    `render: ${count} renders, parallelism ${availableParallelism()}, median of ${rounds}; × is against the bare tools in the same round`,
  );
  line("helm, kubectl and jsonnet alone", "bare");
  line("fluxgate render", "fresh", budgets.fresh);
  line("fluxgate render, filling a cache", "cold");
  line("the same again, nothing changed", "unchanged", budgets.unchanged);
  console.log(`  peak memory of the fluxgate process: ${peak.toFixed(0)} MiB`);
  return ratio("fresh") <= budgets.fresh && ratio("unchanged") <= budgets.unchanged;
}

async function runBareTools(cwd: string, chains: readonly Chain[]): Promise<Run> {
  const start = performance.now();
  await mapLimited(chains, availableParallelism(), async ({ commands, inputTo }) => {
    for (const { tool, args } of commands) {
      const output = await runForOutput(tool, args, cwd);
      if (inputTo !== undefined) writeFileSync(join(cwd, inputTo), output);
    }
  });
  for (const { inputTo } of chains) if (inputTo) rmSync(join(cwd, inputTo));
  return { ms: performance.now() - start, peakMiB: 0 };
}

async function runFluxgate(cwd: string, args: readonly string[]): Promise<Run> {
  const start = performance.now();
  const program = resolve("dist/cli/fluxgate.mjs");
  const child = spawn(process.execPath, [program, "render", ...args], {
    cwd,
    stdio: ["ignore", "ignore", "inherit"],
  });
  let peakMiB = 0;
  const timer = setInterval(() => (peakMiB = Math.max(peakMiB, peakOf(child.pid))), 20);
  const [code] = (await once(child, "exit")) as [number | null];
  clearInterval(timer);
  if (code !== 0) throw new Error(`Failed to render the workload: fluxgate ended with ${code}`);
  return { ms: performance.now() - start, peakMiB };
}

async function runForOutput(tool: string, args: readonly string[], cwd: string): Promise<Buffer> {
  const child = spawn(tool, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`Failed to run ${tool} ${args.join(" ")}: it ended with ${code}`);
  return Buffer.concat(chunks);
}

function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
