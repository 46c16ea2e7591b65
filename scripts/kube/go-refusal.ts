import type { SpawnSyncReturns } from "node:child_process";

/** What Go says of a call that failed: with -json on stdout, and nothing on stderr. Empty: nothing. */
export function goRefusal({
  stdout,
  stderr,
}: Pick<SpawnSyncReturns<string>, "stdout" | "stderr">): string {
  const said = /"Error": ("(?:[^"\\]|\\.)*")/.exec(stdout ?? "")?.[1];
  return said === undefined ? (stderr ?? "").trim() : (JSON.parse(said) as string);
}
