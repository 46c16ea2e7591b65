import { readFileSync, readdirSync } from "node:fs";

const pageSize = 4096;
const everyMs = 100;

/**
 * Calls `onExceeded` once when the process and what it started hold more than `limit` bytes of
 * resident memory. Linux only; elsewhere nothing.
 */
export function watchMemory(pid: number, limit: number, onExceeded: () => void): () => void {
  if (process.platform !== "linux") return () => {};
  const timer = setInterval(() => {
    if (residentBytes(pid) <= limit) return;
    clearInterval(timer);
    onExceeded();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function residentBytes(pid: number | string): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1];
    return childrenOf(pid).reduce(
      (sum, child) => sum + residentBytes(child),
      Number(pages) * pageSize,
    );
  } catch {
    return 0;
  }
}

// Any thread may have started them (kustomize starts helm).
function childrenOf(pid: number | string): readonly string[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")
      .split(" ")
      .filter((child) => child !== ""),
  );
}
