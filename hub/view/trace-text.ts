// What a look for ways says of itself: how much was found, and what was not looked at.
import { count } from "../../core/count.ts";
import type { Traced } from "../data/load-trace.ts";

type Found = Pick<Traced, "meant" | "looked" | "isWhole" | "left"> & {
  readonly journeys: readonly unknown[];
};

/** Of whatever somebody looked for. */
export function traceText(asked: string, found: Found): string {
  const { meant, looked, isWhole } = found;
  const shown = found.journeys.length;
  if (shown > 0) {
    const what = meant === undefined ? "" : `of ${asked} (${meant}) `;
    return `${count(shown + found.left, "way")} ${what}found, newest first.${older(found)}`;
  }
  const among = isWhole ? "the" : "the newest";
  return `No way of “${asked}” was found among ${among} pull requests of runs (${looked} looked through).`;
}

/** Of one run, on its own page; empty where all of it is there. */
export function runTraceText(found: Found): string {
  if (found.journeys.length > 0) return older(found).trim();
  if (!found.isWhole) {
    return "None of the project's newest pull requests is of this run. Older ones were not looked at: what it opened then is not shown here.";
  }
  return "This run has opened no manifests pull request in this project: it is not that far, it found nothing to change, or it deploys nothing.";
}

function older({ left }: Found): string {
  return left === 0 ? "" : ` ${left} older ${left === 1 ? "one is" : "ones are"} not shown.`;
}
