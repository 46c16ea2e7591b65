import { TerminalError, TimeoutError } from "../../core/errors.ts";
import type { Analysis, Analysed, WithCharts } from "./analyse.ts";

const longestMs = 20_000;

/** {@link analyse} in a worker. @throws TimeoutError for a text that takes too long. */
export function runAnalysisBeside(sides: Analysed | WithCharts): Promise<Analysis> {
  const worker = new Worker(new URL("./diff-worker.ts", import.meta.url));
  return new Promise<Analysis>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new TimeoutError("Comparing the manifests", { waitedMs: longestMs })),
      longestMs,
    );
    worker.onmessage = ({ data }: MessageEvent<Analysis>) => {
      clearTimeout(late);
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      clearTimeout(late);
      const cause = message || "the browser did not start the comparison";
      reject(
        new TerminalError(`Failed to compare the manifests: ${cause}`, { code: "not-compared" }),
      );
    };
    worker.postMessage(sides);
  }).finally(() => worker.terminate());
}
