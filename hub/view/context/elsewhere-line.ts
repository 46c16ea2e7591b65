import type { Elsewhere } from "../../data/load-elsewhere.ts";
import { agoText, durationText } from "../ago.ts";
import { clusterView } from "../cluster-view.ts";
import { type ContextLine, plainLine } from "./context-line.ts";

type Line = Omit<ContextLine, "label">;
type There = Elsewhere & { readonly state: "there" };

/** `The same code and images have been healthy in staging for 3 days.`, or what is so instead. */
export function elsewhereLine(
  elsewhere: Elsewhere,
  { now, odd }: { readonly now: number; readonly odd: readonly string[] | undefined },
): Line {
  const line = renderedLine(elsewhere, now);
  if (odd?.length === 0 || !("environment" in elsewhere)) return line;
  // What the index says of code and images is the render's word, not that of these files.
  if (odd === undefined) return { ...line, tone: line.tone === "good" ? "plain" : line.tone };
  const text = `${line.text} But ${odd.join(", and ")}.`;
  return { ...line, text, tone: line.tone === "good" ? "warning" : line.tone };
}

function renderedLine(elsewhere: Elsewhere, now: number): Line {
  switch (elsewhere.state) {
    case "first":
      return plainLine("plain", "No environment of the delivery comes before this one.");
    case "unrecorded":
      return plainLine(
        "warning",
        "Not known: it is not recorded what this was rendered from, so it cannot be looked for.",
      );
    case "there":
      return thereLine(elsewhere, now);
    case "was-there": {
      const { environment, at } = elsewhere;
      const when = Number.isNaN(Date.parse(at)) ? "" : ` ${agoText(at, now)}`;
      return plainLine(
        "plain",
        `The same code and images were seen healthy in ${environment}${when}; something else is wanted there since.`,
      );
    }
    case "other":
      return plainLine(
        "warning",
        `Not seen in ${elsewhere.environment}: it wants ${elsewhere.wants}, and was not last seen healthy with this. Older history is not looked through.`,
      );
  }
}

function thereLine({ environment, verdict, snapshots }: There, now: number): Line {
  const same = "The same code and images";
  if (verdict === undefined) {
    const text = `${same} are wanted in ${environment}; no connector has said how they are.`;
    return plainLine("warning", text);
  }
  const silent = snapshots.filter((one) => one.active && !clusterView(one, now).current);
  const old = silent.map((one) => `cluster ${one.cluster}: ${clusterView(one, now).text}`);
  const age = durationText(Math.max(0, now - Date.parse(verdict.at)));
  switch (verdict.state) {
    case "failed":
      return plainLine("bad", `${same} fail in ${environment}: ${verdict.text}`);
    case "pending":
      return plainLine("running", `${same} are on their way in ${environment}: ${verdict.text}`);
    case "succeeded":
      return old.length === 0
        ? plainLine("good", `${same} have been healthy in ${environment} for ${age}.`)
        : plainLine(
            "warning",
            `${same} were healthy in ${environment} when last seen (${old.join("; ")}).`,
          );
  }
}
