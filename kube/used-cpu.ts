/** Milliseconds of CPU that this process has used, with its workers. */
export function usedCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
