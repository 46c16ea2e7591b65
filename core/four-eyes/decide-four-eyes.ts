// Whether a pull request was approved by somebody who neither asked for it nor wrote it. Pure: what
// could not be read comes as a reason, and keeps it pending.
import { isBot, mayBeSame, type KnownPerson, type Someone } from "./person.ts";

export type Approval = {
  readonly by: Someone;
  /** Groups and services vote too; their votes are nobody's eyes. */
  readonly isPerson: boolean;
  /** It was given after the last push. */
  readonly isCurrent: boolean;
};

export type Involved = {
  readonly who: Someone;
  /** `asked for the run`, `wrote 12ab34cd` */
  readonly how: string;
};

export type FourEyesFacts = {
  readonly approvals: readonly Approval[];
  readonly involved: readonly Involved[];
  /** What could not be read or told, in words. */
  readonly unclear: readonly string[];
  /** What a yes does not say. */
  readonly notes?: readonly string[];
  readonly people: readonly KnownPerson[];
};

export type FourEyesVerdict = { readonly state: "succeeded" | "pending"; readonly text: string };

export function decideFourEyes(facts: FourEyesFacts): FourEyesVerdict {
  const { approvals, unclear, notes = [] } = facts;
  const judged = approvals.map((approval) => ({ approval, why: objection(facts, approval) }));
  const good = judged.find(({ why }) => why === undefined);
  const [reason] = unclear;
  if (good !== undefined && reason === undefined) {
    const text = `approved by ${good.approval.by.name}, who neither asked for it nor wrote it`;
    return { state: "succeeded", text: [text, ...notes].join("; ") };
  }
  if (good !== undefined || (reason !== undefined && approvals.length === 0)) {
    return { state: "pending", text: `it cannot be told: ${reason}` };
  }
  const objections = judged.flatMap(({ why }) => why ?? []);
  const what = objections.length === 0 ? "nobody has approved yet" : objections.join("; ");
  return { state: "pending", text: `needs an approval by somebody else: ${what}` };
}

/** Why an approval does not count; undefined where it does. */
function objection(
  { involved, people }: FourEyesFacts,
  { by, isPerson, isCurrent }: Approval,
): string | undefined {
  if (!isPerson || isBot(by, people)) return `${by.name} is no person`;
  const own = involved.find(({ who }) => mayBeSame(who, by, people));
  if (own !== undefined) {
    const as = own.who.name === by.name ? "" : ` (as ${own.who.name})`;
    return `${by.name} ${own.how}${as}`;
  }
  if (isCurrent) return undefined;
  return `${by.name} approved before the last push, and must take the vote back and approve again`;
}
