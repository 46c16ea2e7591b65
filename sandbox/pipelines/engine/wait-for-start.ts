import type { Run } from "../run.ts";

/** Until somebody starts a stage with `trigger: manual`. @returns false when it was cancelled. */
export function waitForStart(run: Run, stage: string): Promise<boolean> {
  if (run.startedStages.has(stage)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (started: boolean) => {
      run.stageStarts.delete(stage);
      run.cancellations.delete(cancellation);
      resolve(started);
    };
    const cancel = () => end(false);
    const cancellation = { stage, cancel, end: cancel };
    run.cancellations.add(cancellation);
    run.stageStarts.set(stage, () => end(true));
  });
}
