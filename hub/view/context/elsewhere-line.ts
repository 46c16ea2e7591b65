import type { Elsewhere } from "../../data/load-elsewhere.ts";
import { agoText, durationText } from "../ago.ts";
import { clusterView } from "../cluster-view.ts";
import { shortText } from "../short-text.ts";
import { unreadText } from "../unread.ts";
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

// Code and images stand in an index: where files beside it are others, something else runs.
function thereLine(there: There, now: number): Line {
  const line = judgedLine(there, now);
  const { edited, environment } = there;
  const tone = line.tone === "good" ? "warning" : line.tone;
  if ("error" in edited) {
    const unread = unreadText(`Whether the files in ${environment} are as rendered`, edited.error);
    return { ...line, tone, text: `${line.text} ${unread}` };
  }
  if (edited.value.length === 0) return line;
  const [first = "", ...more] = edited.value.map(shortText);
  const named = more.length === 0 ? first : `${first} and ${more.length} more`;
  const what = edited.value.length === 1 ? "a file there is" : "files there are";
  const text = `${line.text} But ${what} not as rendered (${named}), so what runs there is not the same.`;
  return { ...line, tone, text };
}

function judgedLine({ environment, verdict, snapshots }: There, now: number): Line {
  const same = "The same code and images";
  if (verdict === undefined) {
    const text = `${same} are wanted in ${environment}; no connector has said yet how they are.`;
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
