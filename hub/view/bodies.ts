import { usualEffort } from "../../core/diff/match-lines.ts";
import type { ObjectChange } from "../../core/diff/object-change.ts";
import { objectFinder } from "./find-objects.ts";
import { keepNewest } from "./keep-newest.ts";
import { allLines, type BodyPart, bodyPart, type LinesPart, linesAtOnce } from "./object-body.ts";
import { splitLines } from "./split-lines.ts";

export type BodyQuestion = {
  /** Its key in the view. */
  readonly object: string;
  readonly withNoise: boolean;
  /** Of its edits. */
  readonly from: number;
};

export type LinesQuestion = {
  readonly object: string;
  /** Absent: all of an object that comes or goes. */
  readonly edit?: number;
  readonly layout: "inline" | "split";
  readonly from: number;
};

/** What a comparison tells beyond its view, when it is asked. */
export type Bodies = {
  readonly body: (of: BodyQuestion) => BodyPart;
  readonly lines: (of: LinesQuestion) => LinesPart;
  /** Keys of the objects that hold every word. */
  readonly find: (text: string) => readonly string[];
};

/** Of edits that are shown together: one of them takes the usual effort at most. */
const effortTogether = 4 * usualEffort;
const mostKept = 8;

export function bodiesOf(objects: readonly ObjectChange[]): Bodies {
  const find = objectFinder(objects);
  const kept = new Map<string, LinesPart["rows"]>();
  const changeOf = (key: string): ObjectChange => {
    const found = objects[Number(key)];
    if (found === undefined) throw new Error(`Failed to show object ${key}: there is none`);
    return found;
  };
  const rowsOf = ({ object, edit, layout }: LinesQuestion): LinesPart["rows"] => {
    const name = JSON.stringify([object, edit, layout]);
    const known = kept.get(name);
    if (known !== undefined) return known;
    const lines = allLines(changeOf(object), edit);
    const rows = layout === "split" ? splitLines(lines) : lines;
    keepNewest(kept, { key: name, value: rows, most: mostKept });
    return rows;
  };
  return {
    body: ({ object, withNoise, from }) =>
      bodyPart(changeOf(object), { withNoise, from, effort: { left: effortTogether } }),
    lines: (of) => {
      const rows = rowsOf(of);
      return { rows: rows.slice(of.from, of.from + linesAtOnce), total: rows.length };
    },
    find: (text) => find(text).map(String),
  };
}
