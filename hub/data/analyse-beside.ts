import { TerminalError, TimeoutError } from "../../core/errors.ts";
import type { Comparison } from "../../core/diff/compare-manifests.ts";
import type { ManifestFile } from "../../core/diff/read-objects.ts";
import type { Analysis, Analysed, PlainSides, WithCharts } from "./analyse.ts";

const longestMs = 20_000;

/** {@link analyse} in a worker. @throws TimeoutError for a text that takes too long. */
export function runAnalysisBeside(sides: Analysed | WithCharts): Promise<Analysis> {
  return runBeside<Analysis>(sides);
}

/** What differs between two sides of plain files, in a worker. @throws as {@link runAnalysisBeside} */
export function runComparisonBeside(
  ...plain: readonly [before: readonly ManifestFile[], after: readonly ManifestFile[]]
): Promise<Comparison> {
  return runBeside<Comparison>({ plain });
}

function runBeside<Result>(asked: Analysed | WithCharts | PlainSides): Promise<Result> {
  const worker = new Worker(new URL("./diff-worker.ts", import.meta.url));
  return new Promise<Result>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new TimeoutError("Comparing the manifests", { waitedMs: longestMs })),
      longestMs,
    );
    worker.onmessage = ({ data }: MessageEvent<Result>) => {
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
    worker.postMessage(asked);
  }).finally(() => worker.terminate());
}
