// `fluxgate diff` beside dyff and a line diff on the same pairs: how long, how many lines a person must
// read, and what was given up.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureBuilt } from "../build/ensure-built.ts";
import { ensureDyff } from "../tools/dyff.ts";
import {
  longObject,
  manyObjects,
  monitoringStack,
  onlyNoise,
  promotion,
  type Workload,
} from "./diff-workload.ts";

const longestMs = 60_000;
const rounds = 3;
const slowMs = 5_000;

type Measured = { readonly ms: number; readonly lines: number; readonly left: string };

/** Prints a table; whether nothing was given up by ours. */
export async function runDiffBench(): Promise<boolean> {
  await ensureBuilt(["cli"]);
  const dyff = await ensureDyff();
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-bench-diff-"));
  let whole = true;
  console.log(`\n${row(["", "fluxgate diff", "dyff", "diff -ru"])}`);
  try {
    for (const workload of [
      promotion(),
      onlyNoise(),
      monitoringStack(),
      manyObjects(500, "one"),
      manyObjects(500, "each"),
      longObject(),
    ]) {
      const pair = writePair(join(folder, workload.name.replaceAll(/\W+/g, "-")), workload);
      const ours = measure(process.execPath, ["dist/cli/fluxgate.mjs", "diff", ...pair.folders]);
      const theirs =
        dyff === undefined
          ? undefined
          : measure(dyff, ["between", "--omit-header", "--detect-kubernetes", ...pair.files]);
      const plain = measure("diff", ["-ru", ...pair.folders]);
      whole = ours.left === "" && whole;
      console.log(row([workload.name, ...[ours, theirs, plain].map(cell)]));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(
    "\nMilliseconds of the whole process (median of three), lines of its answer, given up.",
  );
  console.log(
    "dyff reads one file a side: all objects joined. It needs Go; without it: not measured.",
  );
  return whole;
}

function writePair(folder: string, { before, after }: Workload) {
  const sides = [before, after].map((side, index) => {
    const directory = join(folder, index === 0 ? "before" : "after");
    for (const [path, text] of side) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    writeFileSync(`${directory}.yaml`, [...side.values()].join("---\n"));
    return directory;
  });
  return { folders: sides, files: sides.map((directory) => `${directory}.yaml`) };
}

function measure(command: string, args: readonly string[]): Measured {
  const first = measureOnce(command, args);
  // What takes that long is not measured more exactly by waiting again.
  if (first.ms > slowMs) return first;
  const runs = [first, ...Array.from({ length: rounds - 1 }, () => measureOnce(command, args))];
  const sorted = runs.map(({ ms }) => ms).sort((a, b) => a - b);
  return { ...first, ms: sorted[Math.floor(sorted.length / 2)] ?? first.ms };
}

function measureOnce(command: string, args: readonly string[]): Measured {
  const begin = performance.now();
  const { stdout, error, status, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    timeout: longestMs,
    maxBuffer: 1 << 28,
  });
  const ms = performance.now() - begin;
  const lines = (stdout ?? "").split("\n").filter((line) => line.trim() !== "").length;
  // `diff` ends with 1 where something differs.
  const failed = error?.message ?? ((status ?? 9) > 1 ? stderr.trim().split("\n")[0] : undefined);
  const unknown = /^Not everything was compared|could not be/m.test(stdout ?? "");
  return { ms, lines, left: failed ?? (unknown ? "not all compared" : "") };
}

function cell(one: Measured | undefined): string {
  if (one === undefined) return "not measured";
  const left = one.left === "" ? "" : `, gave up: ${one.left.slice(0, 40)}`;
  return `${one.ms.toFixed(0)} ms, ${one.lines} lines${left}`;
}

function row(cells: readonly string[]): string {
  const [first = "", ...rest] = cells;
  return `${first.padEnd(34)}${rest.map((text) => text.padEnd(28)).join("")}`.trimEnd();
}
