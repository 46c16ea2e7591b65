import type { Run } from "../run.ts";
import { nowOf, type PipelinesState } from "../state.ts";

/** Tells everybody who listens that something of the run has changed. */
export function tell(state: PipelinesState, run: Run): void {
  run.lastChanged = nowOf(state);
  state.organisation.events.emit("buildChanged", { id: run.id });
}
