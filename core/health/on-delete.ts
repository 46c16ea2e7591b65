import { current, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";

/** With `OnDelete` nobody replaces pods: what they run is told by their own revision alone. */
export function onDeleteHealth(updated: number, wanted: number): Health {
  if (updated >= wanted) return current;
  return inProgress(
    `${updated} of ${wanted} pods at the new revision: its update strategy is OnDelete, so somebody has to delete the others`,
  );
}
