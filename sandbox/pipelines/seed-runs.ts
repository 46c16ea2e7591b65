import { guidOf } from "../azure-devops/guid.ts";
import { resolveCommit } from "../azure-devops/git/objects.ts";
import type { Identity } from "../azure-devops/identity.ts";
import type { Definition } from "./definition.ts";
import { newRun } from "./new-run.ts";
import { runNumber } from "./run-number.ts";
import { nowOf, type PipelinesState } from "./state.ts";

/** Adds runs that ended well, without running anything. */
export async function seedRuns(
  state: PipelinesState,
  definition: Definition,
  { count, by }: { readonly count: number; readonly by: Identity },
): Promise<void> {
  const { defaultBranch: branch, directory } = definition.repository;
  const commit = (await resolveCommit(directory, branch)) ?? "";
  const first = runNumber(state, { ...blank(), definition }).replace(/\d+$/, "");
  const now = nowOf(state);
  function blank() {
    const planId = guidOf(state.organisation.name, "plan", String(state.counters.run));
    return newRun({
      ...{ definition, reason: "individualCI", by, branch, commit, now: nowOf(state), planId },
      id: state.counters.run,
    });
  }
  for (let index = 1; index <= count; index += 1) {
    state.counters.run += 1;
    state.runs.push({
      ...blank(),
      ...{ buildNumber: `${first}${index}`, status: "completed", result: "succeeded" },
      startTime: now,
      finishTime: now,
    });
  }
}
