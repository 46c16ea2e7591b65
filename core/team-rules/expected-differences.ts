import type { ObjectChange } from "../diff/object-change.ts";
import { pathText } from "../diff/path.ts";
import { fieldPattern } from "./field-pattern.ts";
import { isAbout, type TeamRule } from "./team-rule.ts";

export type Subtracted = {
  readonly objects: readonly ObjectChange[];
  /** How many edits each rule explained. */
  readonly counts: ReadonlyMap<TeamRule, number>;
};

/** Takes expected edits out of changed objects; whole objects that come or go are never expected. */
export function subtractExpected(
  objects: readonly ObjectChange[],
  rules: readonly TeamRule[],
): Subtracted {
  const counts = new Map<TeamRule, number>();
  const compiled = rules.map((rule) => ({ rule, matches: fieldPattern(rule.path) }));
  const left = objects.flatMap((object): readonly ObjectChange[] => {
    if (object.change !== "changed") return [object];
    const own = compiled.filter(({ rule }) => isAbout(rule, object.identity));
    const edits = object.edits.filter((edit) => {
      const found = own.find(({ matches }) => matches(pathText(edit.path)));
      if (found !== undefined) counts.set(found.rule, (counts.get(found.rule) ?? 0) + 1);
      return found === undefined;
    });
    return edits.length === 0 && object.edits.length > 0 ? [] : [{ ...object, edits }];
  });
  return { objects: left, counts };
}
