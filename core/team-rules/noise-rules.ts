import { restartsPods } from "../diff/effects.ts";
import type { ClassifiedEdit, ObjectChange } from "../diff/object-change.ts";
import { inPodTemplate, pathText } from "../diff/path.ts";
import type { Risk } from "../diff/risk.ts";
import { identityKey } from "../manifests/identity.ts";
import { fieldPattern } from "./field-pattern.ts";
import { isAbout, type TeamRule } from "./team-rule.ts";

export type RuledOut = {
  readonly objects: readonly ObjectChange[];
  /** How many edits each rule marked. */
  readonly counts: ReadonlyMap<TeamRule, number>;
};

/**
 * Marks edits that a team calls noise; none is dropped. A rule marks nothing of an object with a risk,
 * nothing of a Secret, and nothing that restarts pods: what it says is no news must be none.
 */
export function markNoise(
  {
    objects,
    risks,
  }: { readonly objects: readonly ObjectChange[]; readonly risks: readonly Risk[] },
  rules: readonly TeamRule[],
): RuledOut {
  const counts = new Map<TeamRule, number>();
  if (rules.length === 0) return { objects, counts };
  const risky = new Set(risks.map(({ identity }) => identityKey(identity)));
  const compiled = rules.map((rule) => ({ rule, matches: fieldPattern(rule.path) }));
  const marked = objects.map((object): ObjectChange => {
    const { change, identity } = object;
    if (change !== "changed" || risky.has(identityKey(identity))) return object;
    if (identity.kind === "Secret") return object;
    const own = compiled.filter(({ rule }) => isAbout(rule, identity));
    if (own.length === 0) return object;
    const restarts = restartsPods(object);
    const edits = object.edits.map((edit): ClassifiedEdit => {
      if (edit.noise !== undefined || (restarts && inPodTemplate(edit.path, identity))) return edit;
      const found = own.find(({ matches }) => matches(pathText(edit.path)));
      if (found === undefined) return edit;
      counts.set(found.rule, (counts.get(found.rule) ?? 0) + 1);
      return { ...edit, noise: "team-rule" };
    });
    return { ...object, edits };
  });
  return { objects: marked, counts };
}
