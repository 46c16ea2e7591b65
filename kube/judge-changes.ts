import { isForced } from "../core/diff/forced.ts";
import type { ObjectChange } from "../core/diff/object-change.ts";
import { type ServerQuestion, serverQuestions } from "../core/diff/server/server-questions.ts";
import type { Refusal, ServerRule, ServerWord } from "../core/diff/server/server-word.ts";
import { isDefinition, kindDefinedBy, kindOf } from "../core/merge/definitions.ts";
import type { KubernetesObject } from "../core/manifests/identity.ts";
import type { Kube } from "./kube.ts";
import { type Finding, findingText, type Judged } from "./validate.ts";
import type { Unavailable } from "./worker-client.ts";

type Judging = {
  readonly objects: readonly ObjectChange[];
  /** Definitions that the objects may be of, beside those that change. */
  readonly definitions?: readonly KubernetesObject[];
  /** Looks for definitions of objects whose kind is not known otherwise; asked only then. */
  readonly findDefinitions?: FindDefinitions;
  /** Opens the door; not called where there is nothing to ask. */
  readonly open: () => Promise<Pick<Kube, "validate" | "minor">>;
};

/** Definitions that lie somewhere else, of the kinds of some objects. */
export type FindDefinitions = (
  of: readonly Pick<ObjectChange, "identity">[],
) => Promise<readonly KubernetesObject[]>;

/** What the API server's own code says to the changes of a comparison: each as it was, and will be. */
export async function judgeChanges(of: Judging): Promise<ServerWord> {
  const { asked, notAsked } = serverQuestions(of.objects);
  if (asked.length === 0) return { kind: "nothing", notAsked };
  const kube = await of.open();
  // Reading them all would take the module seconds where a repository has hundreds.
  const kinds = new Set(asked.map(({ object }) => kindOf(object)));
  const known = (all: readonly KubernetesObject[]) =>
    all.filter((one) => kinds.has(kindDefinedBy(one)));
  const changing = asked.map(({ object }) => object).filter(isDefinition);
  let definitions = [...known(of.definitions ?? []), ...changing];
  const judge = async (objects: Parameters<Kube["validate"]>[0]["objects"]) => {
    const answer = await kube.validate({ objects, definitions });
    return answer.kind === "validated" ? answer.objects : answer;
  };
  const questions = asked.map(({ object, before, open }) =>
    before === undefined ? { object, open } : { object, open, before },
  );
  let said = await judge(questions);
  if (isMissing(said)) return { kind: "unasked", why: said.text };
  const unknown = unknownOnes(asked, said).map(({ change }) => change);
  const found = unknown.length === 0 ? [] : known((await of.findDefinitions?.(unknown)) ?? []);
  if (found.length > 0) {
    definitions = [...definitions, ...found];
    said = await judge(questions);
  }
  if (isMissing(said)) return { kind: "unasked", why: said.text };
  const refused = asked.flatMap((question, at) => {
    const errors = said[at]?.errors ?? [];
    return errors.length === 0 ? [] : [{ question, errors }];
  });
  // What the object alone is refused for, and what it was refused for before, is no matter of the update.
  const updated = refused.filter(({ question }) => question.before !== undefined);
  const alone = await judge(updated.map(({ question: { object, open } }) => ({ object, open })));
  const earlier = await judge(
    updated.map(({ question: { object, before = object, open } }) => ({ object: before, open })),
  );
  if (isMissing(alone)) return { kind: "unasked", why: alone.text };
  if (isMissing(earlier)) return { kind: "unasked", why: earlier.text };
  const judged = said.filter(({ kind }) => kind === "judged").length;
  return {
    kind: "said",
    minor: kube.minor,
    judged,
    refusals: refused.flatMap((one) => {
      const at = updated.indexOf(one);
      return refusalsOf(one, at < 0 ? undefined : { alone: alone[at], before: earlier[at] });
    }),
    notAsked: [...notAsked, ...unknownKinds(asked, said), ...openValues(said)],
  };
}

function isMissing(answer: readonly Judged[] | Unavailable): answer is Unavailable {
  return !Array.isArray(answer);
}

type Refused = { readonly question: ServerQuestion; readonly errors: readonly Finding[] };
type Compared = { readonly alone: Judged | undefined; readonly before: Judged | undefined };

function refusalsOf(
  { question, errors }: Refused,
  update: Compared | undefined,
): readonly Refusal[] {
  const { change } = question;
  const texts = errors.map(findingText);
  const alone = new Set(
    update === undefined ? texts : (update.alone?.errors ?? []).map(findingText),
  );
  const before = new Set((update?.before?.errors ?? []).map(findingText));
  const of = (rule: ServerRule, said: readonly string[]): readonly Refusal[] =>
    said.length === 0
      ? []
      : [
          {
            rule,
            identity: change.identity,
            texts: [...new Set(said)],
            isForced: isForced(change),
          },
        ];
  return [
    ...of(
      "immutable-field",
      texts.filter((text) => !alone.has(text)),
    ),
    ...of(
      "refused-value",
      texts.filter((text) => alone.has(text) && !before.has(text)),
    ),
  ];
}

function unknownOnes(
  asked: readonly ServerQuestion[],
  said: readonly Judged[],
): readonly ServerQuestion[] {
  return asked.filter((_, at) => said[at]?.kind === "unknown-kind");
}

function unknownKinds(
  asked: readonly ServerQuestion[],
  said: readonly Judged[],
): readonly string[] {
  const kinds = unknownOnes(asked, said).map(({ object }) => object.kind);
  if (kinds.length === 0) return [];
  const names = [...new Set(kinds)].sort();
  const shown = names.slice(0, 5).join(", ");
  const more = names.length > 5 ? ` and ${names.length - 5} more kinds` : "";
  return [`${kinds.length} whose definition is not here (${shown}${more})`];
}

function openValues(said: readonly Judged[]): readonly string[] {
  const names = [...new Set(said.flatMap(({ open = [] }) => open))].sort();
  if (names.length === 0) return [];
  const shown = names.slice(0, 5).map((name) => `\${${name}}`);
  return [`what hangs on ${shown.join(", ")}${names.length > 5 ? " and more" : ""}`];
}
