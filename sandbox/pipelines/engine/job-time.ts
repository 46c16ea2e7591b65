// A job's time: https://learn.microsoft.com/azure/devops/pipelines/process/phases#timeouts
import type { Clock } from "../../azure-devops/clock.ts";
import type { Run } from "../run.ts";

const minute = 60_000;

/**
 * When a job has to end. At first it is asked: the step that works ends, those that run `always()`
 * follow. When the time for cancelling is over too, everything ends.
 */
export type JobTime = {
  readonly asked: AbortSignal;
  readonly over: AbortSignal;
  readonly reason: () => "timeout" | "cancel" | undefined;
  readonly minutes: number;
  readonly release: () => void;
};

export function startJobTime(
  clock: Clock,
  at: {
    readonly run: Run;
    readonly stage: string;
    readonly minutes: number;
    readonly cancelMinutes: number;
  },
): JobTime {
  const { run, stage, minutes, cancelMinutes } = at;
  const [asked, over] = [new AbortController(), new AbortController()];
  let reason: "timeout" | "cancel" | undefined;
  let forget = () => {};
  const stop = (why: "timeout" | "cancel") => {
    if (reason) return;
    reason = why;
    forget();
    forget = clock.after(cancelMinutes * minute, () => over.abort());
    asked.abort();
  };
  forget = clock.after(minutes * minute, () => stop("timeout"));
  const end = () => {
    stop("cancel");
    over.abort();
  };
  const cancellation = { stage, cancel: () => stop("cancel"), end };
  run.cancellations.add(cancellation);
  // A job that begins while its run is being cancelled does so for its condition: it may work
  // until the time for cancelling is over.
  return {
    asked: asked.signal,
    over: over.signal,
    reason: () => reason,
    minutes,
    release: () => {
      forget();
      run.cancellations.delete(cancellation);
    },
  };
}

/** A signal that is aborted after `ms` on the sandbox's clock, and how to take that back. */
export function timeLimit(clock: Clock, ms: number) {
  const controller = new AbortController();
  return { signal: controller.signal, release: clock.after(ms, () => controller.abort()) };
}

/** Waits on the sandbox's clock. @returns false when it was aborted before. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const stop = () => {
      forget();
      resolve(false);
    };
    const forget = clock.after(ms, () => {
      signal.removeEventListener("abort", stop);
      resolve(true);
    });
    signal.addEventListener("abort", stop, { once: true });
  });
}
