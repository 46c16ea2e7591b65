import type { SeenCommits, SeenServer } from "./beside/questions.ts";
import type { Read } from "./read.ts";

/** What a pull request came to; absent while it is not compared. */
export type Compared = ComparedCommits | { readonly error: unknown };
export type ComparedCommits = SeenCommits & {
  /** What the API server's own code says to it; undefined while that is being asked. */
  readonly server: Read<SeenServer> | undefined;
  /** What charts render may still be attached to it. */
  readonly lacksCharts: boolean;
};

/** Whether nothing more can be found out about it: what failed may not fail again. */
export function isSettled(compared: Compared | undefined): boolean {
  if (compared === undefined || "error" in compared || compared.lacksCharts) return false;
  return compared.server !== undefined && "value" in compared.server;
}
