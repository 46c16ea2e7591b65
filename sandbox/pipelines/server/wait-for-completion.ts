import type { Clock } from "../../azure-devops/clock.ts";
import type { Result, Run } from "../run.ts";
import type { HttpRequestHandler } from "../task-manifest.ts";

/**
 * Waits for TaskCompleted. A time-out of the handler's `Events` ends it as failed.
 * @returns what to await, and how to give up when the request itself was refused.
 */
export function waitForCompletion(
  clock: Clock,
  at: {
    readonly run: Run;
    readonly recordId: string;
    readonly signal: AbortSignal;
    readonly timeouts: HttpRequestHandler["timeouts"];
  },
): { readonly completed: Promise<Result>; readonly forget: () => void } {
  const { run, recordId, signal, timeouts } = at;
  const timers = new Map<string, () => void>();
  let forget = () => {};
  const completed = new Promise<Result>((resolve, reject) => {
    const clear = () => {
      run.waiting.delete(recordId);
      signal.removeEventListener("abort", cancel);
      for (const stop of timers.values()) stop();
    };
    const end = (result: Result) => {
      clear();
      resolve(result);
    };
    const cancel = () => end("canceled");
    forget = clear;
    const limits = { assigned: "TaskAssigned", started: "TaskStarted", completed: "TaskCompleted" };
    for (const key of ["assigned", "started", "completed"] as const) {
      const limit = timeouts[key];
      if (limit === undefined) continue;
      const stop = clock.after(milliseconds(limit), () => {
        clear();
        reject(new Error(`The event ${limits[key]} did not come within ${limit}.`));
      });
      timers.set(key, stop);
    }
    signal.addEventListener("abort", cancel, { once: true });
    run.waiting.set(recordId, {
      complete: end,
      heard: (event) => {
        timers.get("assigned")?.();
        if (event === "started") timers.get("started")?.();
      },
    });
  });
  // Given up with the request: nobody awaits it then.
  completed.catch(() => undefined);
  return { completed, forget: () => forget() };
}

// `hh:mm:ss`, with days before it as `d.hh:mm:ss`.
function milliseconds(text: string): number {
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] =
    /^(?:(\d+)\.)?(\d+):(\d+):(\d+)/.exec(text) ?? [];
  return (
    (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  );
}
