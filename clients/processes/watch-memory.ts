import { readFileSync } from "node:fs";

const pageSize = 4096;
const everyMs = 250;

/**
 * Calls `onExceeded` once when the process holds more than `limit` bytes. A ulimit would count Go's
 * reserved address space; resident memory is looked at instead. Linux only; elsewhere nothing.
 */
export function watchMemory(
  pid: number | undefined,
  limit: number,
  onExceeded: () => void,
): () => void {
  if (process.platform !== "linux" || pid === undefined) return () => {};
  const timer = setInterval(() => {
    if (residentBytes(pid) <= limit) return;
    clearInterval(timer);
    onExceeded();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function residentBytes(pid: number): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1];
    return Number(pages) * pageSize;
  } catch {
    return 0;
  }
}
