// How long a page's own thread was busy at a stretch, from a trace of the browser.

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  /** Of the thread's own time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly url?: string } };
};

/** What the browser has to trace for it. */
export const tracedCategories: readonly string[] = ["toplevel", "devtools.timeline"];

const mainThread = "CrRendererMain";

/**
 * The longest task of the thread that ran a script, in milliseconds of its own time: unlike that on the
 * wall it does not grow with what else the machine does.
 * @param script a part of the script's address
 */
export function longestTaskMs(trace: string, script: RegExp): number {
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === mainThread)
      .map(threadOf),
  );
  const own = new Set(
    traceEvents
      .filter(({ name, args }) => name === "EvaluateScript" && script.test(args?.data?.url ?? ""))
      .map(threadOf)
      .filter((thread) => main.has(thread)),
  );
  const tasks = traceEvents.filter((event) => event.name.endsWith("RunTask"));
  const times = tasks
    .filter((event) => own.has(threadOf(event)))
    .map(({ tdur = 0 }) => tdur / 1_000);
  if (times.length === 0) throw new Error("the trace does not hold the extension's page");
  return Math.max(...times);
}
