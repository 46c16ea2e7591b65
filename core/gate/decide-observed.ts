// A cluster that its own connector judges (design.md 4.7): its word on X counts, by the identity that
// the configuration names, for the question that was asked, and for as long as it is fresh.
import { holds, waits, type Step } from "./step.ts";
import type { Failure } from "./failures.ts";
import type { ObserverFacts, ObserverWord } from "./observer-word.ts";

export type ObservedVerdict = {
  readonly step: Step;
  readonly failures: readonly Failure[];
  readonly notes: readonly string[];
  /** A question has to be asked, for the first time or once more. */
  readonly ask: boolean;
};

/** @param of.fresh it is the last look before a success is said */
export function decideObserved(
  facts: ObserverFacts,
  of: { readonly cluster: string; readonly fresh: boolean },
): ObservedVerdict {
  const notes = facts.strangers.map(
    (who) => `${who} has said something under the name of its observer: that does not count`,
  );
  const waiting = (text: string, ask: boolean): ObservedVerdict => ({
    ...{ step: waits("observer", text), failures: [], notes, ask },
  });
  const { asked, word, unfit } = facts;
  if (unfit !== undefined) return waiting(unfit, false);
  // What was asked of all of it holds for a part of it too.
  if (asked === undefined || asked.at < facts.askedSince || (facts.whole && !asked.whole)) {
    return waiting("its own connector is being asked", true);
  }
  if (word === undefined || !counts(word, asked, facts)) {
    const since = `asked at ${timeOf(asked.at)}, its own connector has not answered yet`;
    const old = word && `; what it said at ${timeOf(word.at)} (${word.state}) is of before`;
    return waiting(`${since}${old ?? ""}`, false);
  }
  switch (word.state) {
    case "succeeded": {
      const age = facts.now - (facts.patience > 0 ? (facts.lastWordAt ?? word.at) : word.at);
      const isOld = of.fresh && age > facts.longestAge;
      if (isOld && facts.patience === 0) {
        return waiting(`its own connector said so at ${timeOf(word.at)}: asked once more`, true);
      }
      const step = holds(saidBy(word));
      const isAsked = word.answers !== undefined && word.answers.id !== asked.id;
      return { step, failures: [], notes, ask: isOld && !isAsked };
    }
    case "failed":
    case "error": {
      // Of what is no part of it nothing may end a run.
      if (word.isWide) return waiting(saidBy(word), false);
      const text = saidBy(word);
      // Its grace is over there.
      const failure = { key: `${of.cluster} observer`, patience: "none", text } as const;
      return { step: waits("observer", text), failures: [failure], notes, ask: false };
    }
    case "partiallySucceeded":
    case "notSet":
    case "notApplicable":
    case "pending":
      return waiting(saidBy(word), false);
  }
}

function saidBy({ text, isWide }: ObserverWord): string {
  const wide = isWide
    ? " (of all of the environment, not only of its paths there, since it is of an older version: update it)"
    : "";
  return `its own connector says: ${text}${wide}`;
}

/** Was it asked, and has it had its time to answer? So is one that can never be asked. */
export function isUnheard(facts: ObserverFacts): boolean {
  const { unfit, asked, word, now, patience } = facts;
  if (unfit !== undefined) return true;
  if (asked === undefined || now - asked.at < patience) return false;
  return word === undefined || !counts(word, asked, facts);
}

/** Is a word of the question, or at least of its time? */
function counts(
  word: ObserverWord,
  asked: NonNullable<ObserverFacts["asked"]>,
  { patience, longestAge, now, whole }: ObserverFacts,
): boolean {
  if (word.answers?.id === asked.id) return true;
  if (word.answers !== undefined) {
    // What stood stands on while the question of how it is now is open.
    return (word.answers.whole || !whole) && now - asked.at < patience;
  }
  // Whoever judges there without naming questions may have seen X before it was asked about.
  return word.at >= asked.at - Math.min(longestAge, 120_000);
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
