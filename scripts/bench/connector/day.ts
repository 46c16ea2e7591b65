// 24 simulated hours of traffic in a process of their own: what it holds must not grow.
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Row } from "./count-calls.ts";

const day = resolve(import.meta.dirname, "../../../test/connector/traffic/day.ts");

export async function measureDay(): Promise<readonly Row[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", day]);
  const { heaps, letters } = JSON.parse(stdout) as {
    readonly heaps: readonly number[];
    readonly letters: number;
  };
  const [second = 0, twelfth = 0, last = 0] = [heaps[1], heaps[11], heaps[23]];
  return [
    { what: "24 hours, 1,440 merges: heap after 2 hours", measured: second, unit: "MiB" },
    // Caches fill to their bounds, and no further: own choice, a leak of a listing a merge is more.
    { what: "  more of it after 24", measured: last - second, budget: 16, unit: "MiB" },
    { what: "  of that after 12", measured: twelfth - second, unit: "MiB" },
    // Those of the time that they are remembered for, of 7,200 that came.
    { what: "  letters remembered", measured: letters, budget: 60, unit: "letters" },
  ];
}
