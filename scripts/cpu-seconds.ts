import { readFileSync } from "node:fs";

// Ticks a second of /proc, fixed on every Linux that Node runs on: proc(5), sysconf(_SC_CLK_TCK).
const ticksPerSecond = 100;

/**
 * User and system seconds of the whole machine since it started: what nobody waited for is in them (a
 * process that starts programs for another ends after that one), and whatever else ran.
 * @returns undefined where the system does not tell (no /proc)
 */
export function cpuSecondsOfMachine(): number | undefined {
  let stat: string;
  try {
    stat = readFileSync("/proc/stat", "utf8");
  } catch {
    return undefined;
  }
  // cpu user nice system idle iowait irq softirq …: proc(5).
  const [user, nice, system, , , irq, softirq] = stat.split(/\s+/).slice(1, 8).map(Number);
  const ticks = [user, nice, system, irq, softirq].reduce<number>((sum, n = NaN) => sum + n, 0);
  return Number.isFinite(ticks) ? Math.round(ticks / ticksPerSecond) : undefined;
}

/**
 * User and system seconds of all children that this process has waited for, theirs included.
 * @returns undefined where the system does not tell (no /proc)
 */
export function cpuSecondsOfChildren(): number | undefined {
  let stat: string;
  try {
    stat = readFileSync("/proc/self/stat", "utf8");
  } catch {
    return undefined;
  }
  // After the name in brackets, which may hold anything: state is field 3, cutime 16, cstime 17.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[13]) + Number(fields[14]);
  return Number.isFinite(ticks) ? Math.round(ticks / ticksPerSecond) : undefined;
}
