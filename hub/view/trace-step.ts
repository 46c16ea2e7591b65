import { durationText } from "./ago.ts";
import type { Tone } from "./tone.ts";

export type HopView = {
  readonly name: string;
  readonly text: string;
  readonly url: string | undefined;
  readonly tone: Tone;
  /** `4 minutes of work`, `6 hours waited`; `not seen` is never left out. */
  readonly took: string;
};

/** A hop before the time that it took is known. */
export type Step = Omit<HopView, "took"> & {
  /** ISO; undefined: nobody saw it, or it has not come yet. */
  readonly at: string | undefined;
  /** What the time before it was: somebody or something worked, it lay and waited, or who knows. */
  readonly before: "work" | "wait" | "unknown";
};

/** A step with the time since the last one that somebody saw. */
export function hopOf(step: Step, earlier: readonly Step[], now: number): HopView {
  const { at, before, ...hop } = step;
  const last = earlier.flatMap((one) => one.at ?? []).at(-1);
  if (at === undefined) {
    const open = step.tone === "waiting" || step.tone === "running";
    const since = open && last !== undefined ? ` for ${durationText(now - Date.parse(last))}` : "";
    const word = step.tone === "running" ? "goes on" : "waits";
    return { ...hop, took: open ? `${word}${since}` : "not seen when" };
  }
  if (last === undefined) return { ...hop, took: "" };
  const took = durationText(Math.max(0, Date.parse(at) - Date.parse(last)));
  const texts = { work: `after ${took} of work`, wait: `after waiting ${took}` };
  return { ...hop, took: before === "unknown" ? `after ${took}` : texts[before] };
}

/** `2 hours in all, 1 hour 50 minutes of it waiting`; empty before the last step. */
export function totalText(steps: readonly Step[]): string {
  const known = steps.flatMap(({ at, before }) => (at === undefined ? [] : [{ at, before }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || steps.at(-1)?.at === undefined) return "";
  const span = (a: string, b: string) => Math.max(0, Date.parse(b) - Date.parse(a));
  const waited = known.reduce((sum, { at, before }, index) => {
    const previous = known[index - 1];
    return before === "wait" && previous !== undefined ? sum + span(previous.at, at) : sum;
  }, 0);
  const all = durationText(span(first.at, last.at));
  const least = steps.some(({ at, before }) => before === "unknown" || at === undefined)
    ? "at least "
    : "";
  return `${all} in all, ${least}${durationText(waited)} of it waiting`;
}
