// https://learn.microsoft.com/azure/devops/pipelines/process/approvals#exclusive-lock
import type { PipelinesState } from "../state.ts";
import { permissionKey } from "./authorization.ts";
import type { OpenCheck, Verdict } from "./run-check.ts";

/**
 * Takes the resource's lock or waits for it. With `runLatest`, the default, a newer run of the
 * same pipeline cancels those that still wait; with `sequential` each has its turn.
 * @param releases gets what gives the lock back when the stage has ended.
 */
export async function takeLock(
  state: PipelinesState,
  open: OpenCheck,
  releases: (() => void)[],
): Promise<Verdict> {
  const { run, stage, configuration, signal, say } = open;
  const key = permissionKey(run.definition.project.id, configuration.resource);
  const queue = state.locks.get(key) ?? { holder: undefined, waiting: [] };
  state.locks.set(key, queue);
  const give = () => {
    const next = queue.waiting.shift();
    queue.holder = next?.run;
    next?.admit();
  };
  const latest = (stage.lockBehavior ?? run.pipeline?.lockBehavior) !== "sequential";
  if (queue.holder) {
    say(`Waiting for run ${queue.holder.buildNumber}, which holds the exclusive lock.`);
    if (latest) {
      for (const other of [...queue.waiting]) {
        if (other.run.definition === run.definition && other.run.id < run.id) other.drop();
      }
    }
    const admitted = await new Promise<boolean>((resolve) => {
      const leave = (admit: boolean) => {
        const index = queue.waiting.indexOf(place);
        if (index >= 0) queue.waiting.splice(index, 1);
        resolve(admit);
      };
      const place = { run, admit: () => leave(true), drop: () => leave(false) };
      queue.waiting.push(place);
      signal.addEventListener("abort", () => leave(false), { once: true });
    });
    if (!admitted) {
      say("A newer run takes the place of this one.");
      return "canceled";
    }
  }
  queue.holder = run;
  releases.push(give);
  return "approved";
}
