import type { GreenMeans } from "../../../core/diff/green-means.ts";
import type { LeftFolder } from "../../../core/diff/left-folders.ts";
import { count } from "../../../core/count.ts";
import { type ContextLine, plainLine } from "./context-line.ts";

type Line = Omit<ContextLine, "label">;

const mostNamed = 3;

/** What a green end of the run will mean for these objects. */
export function greenLine(
  of: { readonly green: GreenMeans; readonly left: readonly LeftFolder[] },
  {
    hasConnector,
    isUnread,
  }: {
    /** Undefined: not known, or asked of no run. */
    readonly hasConnector: boolean | undefined;
    /** It was asked, and could not be read. */
    readonly isUnread: boolean;
  },
): Line {
  if (hasConnector === false) {
    return plainLine("warning", "Nothing will say that it is green: no connector reports on it.");
  }
  const { judged, byConditions, applied, removed } = of.green;
  const unsure = of.left.length === 0 ? "" : ", where Flux prunes";
  const parts = [
    ...(judged.length === 0 ? [] : [`${named(judged)} seen healthy`]),
    ...(byConditions.length === 0
      ? []
      : [`${named(byConditions)} healthy by their conditions, where they have any`]),
    ...(applied === 0 ? [] : [`${count(applied, "object")} applied, which says no more`]),
    ...(removed === 0 ? [] : [`${count(removed, "object")} deleted${unsure}`]),
  ];
  const only = judged.length + byConditions.length === 0;
  const text =
    parts.length === 0 ? "Flux applied the commit: no object changes." : `${parts.join("; ")}.`;
  const more = [...judged, ...byConditions].slice(mostNamed).map((text) => ({ text }));
  if (isUnread) {
    const reports = `Whether a connector reports it could not be read. Where one does: ${text}`;
    return { tone: "warning", text: reports, more };
  }
  return { tone: only && applied > 0 ? "warning" : "plain", text, more };
}

function named(names: readonly string[]): string {
  const left = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** What going back would not bring back. */
export function backLine(lost: readonly string[], isComplete: boolean): Line {
  const [first] = lost;
  const unread = isComplete ? "" : " Not everything was compared, so there may be more.";
  if (first === undefined) {
    return plainLine(
      isComplete ? "plain" : "warning",
      `A revert brings all of this back, as far as manifests tell; what new code does to data they do not tell.${unread}`,
    );
  }
  const more = lost.length === 1 ? [] : lost.map((text) => ({ text }));
  const rest = lost.length === 1 ? "" : ` (and ${lost.length - 1} more)`;
  return { tone: "warning", text: `A revert does not bring back ${first}${rest}.${unread}`, more };
}
