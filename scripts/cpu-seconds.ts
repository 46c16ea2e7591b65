import { readFileSync } from "node:fs";

// Ticks a second of /proc, fixed on every Linux that Node runs on: proc(5), sysconf(_SC_CLK_TCK).
const ticksPerSecond = 100;

/**
 * User and system seconds of the whole machine since it started: what nobody waited for is in them (a
 * process that starts programs for another ends after that one), and whatever else ran.
 * @returns undefined where the system does not tell (no /proc)
 */
export function cpuSecondsOfMachine(): number | undefined {
  return secondsIn("/proc/stat", (stat) => {
    // cpu user nice system idle iowait irq softirq …: proc(5).
    const [, user, nice, system, , , irq, softirq] = stat.split(/\s+/, 8);
    return [user, nice, system, irq, softirq];
  });
}

/**
 * User and system seconds of all children that this process has waited for, theirs included.
 * @returns undefined where the system does not tell (no /proc)
 */
export function cpuSecondsOfChildren(): number | undefined {
  return secondsIn("/proc/self/stat", (stat) => {
    // After the name in brackets, which may hold anything: state is field 3, cutime 16, cstime 17.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [fields[13], fields[14]];
  });
}

function secondsIn(
  file: string,
  ticksOf: (stat: string) => readonly (string | undefined)[],
): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const ticks = ticksOf(stat).reduce((sum, field) => sum + Number(field), 0);
  return Number.isFinite(ticks) ? Math.round(ticks / ticksPerSecond) : undefined;
}
