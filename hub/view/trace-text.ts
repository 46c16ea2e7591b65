// What a look for ways says of itself: how much was found, and what was not looked at.
import { count } from "../../core/count.ts";
import type { Traced } from "../data/load-trace.ts";

type Found = Pick<Traced, "meant" | "looked" | "isWhole" | "left" | "elsewhere" | "unseen"> & {
  readonly journeys: readonly unknown[];
};

/** Of whatever somebody looked for. */
export function traceText(asked: string, found: Found): string {
  const { meant, looked, isWhole } = found;
  const shown = found.journeys.length;
  if (shown > 0) {
    const what = meant === undefined ? "" : `of ${asked} (${meant}) `;
    return `${count(shown + found.left, "way")} ${what}found, newest first.${older(found)}${unseenText(found)}`;
  }
  const among = isWhole ? "the" : "the newest";
  const where = found.elsewhere.length === 0 ? "" : `, in ${placesText(found)}`;
  return `No way of “${asked}” was found among ${among} pull requests of runs (${looked} looked through${where}).${unseenText(found)}`;
}

/** Of one run, on its own page; empty where all of it is there. */
export function runTraceText(found: Found): string {
  if (found.journeys.length > 0) {
    const more = found.unseen.length === 0 ? "" : " It may have opened more in other projects.";
    return `${older(found)}${more}${unseenText(found)}`.trim();
  }
  const places = placesText(found);
  if (!found.isWhole) {
    return `None of the newest pull requests of ${places} is of this run. Older ones were not looked at: what it opened then is not shown here.${unseenText(found)}`;
  }
  return `This run has opened no manifests pull request in ${places}: it is not that far, it found nothing to change, or it deploys nothing.${unseenText(found)}`;
}

function placesText({ elsewhere }: Found): string {
  return ["this project", ...elsewhere].join(", ");
}

const mostNamed = 5;

// Where nothing was looked at, nothing was found not to be.
function unseenText({ unseen }: Found): string {
  if (unseen.length === 0) return "";
  const left = unseen.length - mostNamed;
  const more = left > 0 ? ` and ${count(left, "more project")}` : "";
  return ` Not looked through: ${unseen.slice(0, mostNamed).join(", ")}${more}.`;
}

function older({ left }: Found): string {
  return left === 0 ? "" : ` ${left} older ${left === 1 ? "one is" : "ones are"} not shown.`;
}
