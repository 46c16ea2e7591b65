import { rm } from "node:fs/promises";
import type { Part } from "../azure-devops/create-sandbox.ts";
import type { RefUpdate } from "../azure-devops/events.ts";
import { pipelineRoutes } from "./areas/pipeline-routes.ts";
import { cancelRun } from "./change-run.ts";
import { createState, type StateOptions } from "./create-state.ts";
import type { PipelinesState } from "./state.ts";
import { offerValidation } from "./triggers/on-pull-request.ts";
import { onPush } from "./triggers/on-push.ts";
import { onRunCompleted } from "./triggers/on-run-completed.ts";

/** Pipelines of an organisation: definitions, runs, agents, variable groups, environments. */
export function createPipelines(options: StateOptions): Part {
  let state: PipelinesState | undefined;
  let stopListening = () => {};
  const current = () => {
    if (!state) throw new Error("the pipelines are not attached to an organisation");
    return state;
  };
  return {
    routes: pipelineRoutes(current),
    attach: async (organisation) => {
      state = await createState(organisation, options);
      stopListening = listen(state);
    },
    detach: async () => {
      stopListening();
      if (state) await endAll(state);
      state = undefined;
    },
  };
}

// Returns how to stop listening.
function listen(state: PipelinesState): () => void {
  const { events } = state.organisation;
  const ended = new Set<number>();
  const follow = (work: Promise<void>) => {
    const running: Promise<void> = work
      // Told where tests look for what the sandbox does not do.
      .catch(
        (error: unknown) => void state.organisation.unhandled.push(`trigger: ${String(error)}`),
      )
      .finally(() => state.running.delete(running));
    state.running.add(running);
  };
  // One push after the other, as they came.
  let pushes = Promise.resolve();
  const pushed = (update: RefUpdate) => {
    const work = pushes.then(() => onPush(state, update));
    pushes = work.catch(() => undefined);
    follow(work);
  };
  const changed = ({ id }: { readonly id: number }) => {
    const run = state.runs.find((one) => one.id === id);
    if (run?.status !== "completed") ended.delete(id);
    else if (!ended.has(id)) {
      ended.add(id);
      follow(onRunCompleted(state, run));
    }
  };
  events.on("refUpdated", pushed);
  events.on("buildChanged", changed);
  const stopValidating = offerValidation(state);
  return () => {
    stopValidating();
    events.off("refUpdated", pushed);
    events.off("buildChanged", changed);
  };
}

// A trigger that is being worked on may still queue a run: cancelled in a further round. Nobody
// waits until the time for cancelling is over.
async function endAll(state: PipelinesState): Promise<void> {
  state.closing = true;
  while (state.running.size > 0) {
    for (const run of state.runs) {
      cancelRun(state, run);
      for (const { end } of run.cancellations) end();
    }
    await Promise.race(state.running);
  }
  await state.registry.close();
  await rm(state.workDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
