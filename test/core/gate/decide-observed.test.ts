import assert from "node:assert/strict";
import type { CommitStatus, StatusState } from "../../../core/azure-devops/types.ts";
import { decideObserved, isUnheard } from "../../../core/gate/decide-observed.ts";
import { observerWord, type ObserverFacts } from "../../../core/gate/observer-word.ts";
import { answerStatus, questionsOn, questionStatus } from "../../../core/run/cluster-question.ts";

const [me, observer, mallory] = ["1", "2", "3"].map(
  (n) => `${n.repeat(8)}-0000-4000-8000-000000000000`,
);
const start = Date.parse("2026-11-23T12:00:00Z");
const place = { delivery: "shop", environment: "prod", cluster: "far" };

type Made = (before: readonly CommitStatus[]) => Partial<CommitStatus>;

/** X's statuses, as they come: each a minute after the one before. */
function statusesOf(...made: readonly Made[]) {
  return made.reduce<readonly CommitStatus[]>(
    (before, make) => [
      ...before,
      {
        ...{ state: "pending", context: { genre: "fluxgate", name: "shop/prod/far" } },
        ...{ id: before.length + 1 },
        creationDate: new Date(start + before.length * 60_000).toISOString(),
        ...make(before),
      },
    ],
    [],
  );
}

const by = (id = "", displayName = "somebody") => ({ createdBy: { id, displayName } });
const question =
  (of: Partial<Pick<Parameters<typeof questionStatus>[0], "whole" | "delivery" | "paths">> = {}) =>
  () => ({
    ...questionStatus({
      ...place,
      whole: false,
      page: "https://dev.azure.com/f/p/_apps/hub/x?commit=a",
      ...of,
    }),
    ...by(me),
  });
/** Of the newest question, or of an earlier one. */
const answer =
  (state: StatusState, of: { readonly question?: number; readonly who?: string } = {}) =>
  (before: readonly CommitStatus[]) => {
    const asked = questionsOn(before, { ...place, askers: new Set([me ?? ""]) });
    const one = of.question === undefined ? asked[0] : asked.find(({ id }) => id === of.question);
    if (one === undefined) throw new Error("nobody asked");
    return {
      ...answerStatus(one, { state, description: `it is ${state}` }),
      ...by(of.who ?? observer),
    };
  };
/** Of a version that knows no paths: it repeats the address. */
const older = (state: StatusState) => (before: readonly CommitStatus[]) => {
  const made = answer(state)(before);
  return { ...made, targetUrl: (made.targetUrl ?? "").replace(/&of=part$/, "") };
};
const bare =
  (state: StatusState, who = observer, name = "shop/prod/far") =>
  () => ({
    state,
    description: `it is ${state}`,
    context: { genre: "fluxgate", name },
    ...by(who, "Mallory"),
  });

type Row = Partial<ObserverFacts> & { readonly fresh?: boolean };

function factsOf(statuses: readonly CommitStatus[], facts: Partial<ObserverFacts>): ObserverFacts {
  const now = start + statuses.length * 60_000;
  return {
    ...observerWord(statuses, {
      ...place,
      observer: (observer ?? "").toUpperCase(),
      me: new Set([me ?? ""]),
    }),
    ...{ whole: false, askedSince: 0, now, longestAge: 120_000, patience: 0, ...facts },
  };
}

function verdictOf(statuses: readonly CommitStatus[], { fresh = true, ...facts }: Row = {}) {
  return decideObserved(factsOf(statuses, facts), { cluster: "far", fresh });
}

const standing = { patience: 240_000, longestAge: 3_600_000 };

describe("a cluster that its own connector judges", () => {
  const rows: readonly (readonly [
    what: string,
    expected: { ok?: boolean; ask?: boolean; text?: RegExp; fails?: boolean },
    statuses: readonly CommitStatus[],
    row?: Row,
  ])[] = [
    ["is asked first", { ok: false, ask: true, text: /is being asked/ }, statusesOf()],
    [
      "is waited for by name until it answers",
      { ok: false, ask: false, text: /asked at 12:00 UTC, .*has not answered yet$/ },
      statusesOf(question()),
    ],
    [
      "holds once it has said so",
      { ok: true, ask: false },
      statusesOf(question(), answer("succeeded")),
    ],
    [
      "waits with its connector's words",
      { ok: false, text: /says: it is pending/ },
      statusesOf(question(), answer("pending")),
    ],
    [
      "fails at once with its connector's words: its grace is over there",
      { ok: false, fails: true, text: /says: it is failed/ },
      statusesOf(question(), answer("failed")),
    ],
    [
      "fails so where it was asked about a part, which the answer says it is of",
      { ok: false, fails: true, text: /says: it is failed$/ },
      statusesOf(question({ paths: ["prod/a"] }), answer("failed")),
    ],
    [
      "fails nothing where an older version has answered about all of it",
      { ok: false, fails: false, text: /not only of its paths there.*: update it\)$/ },
      statusesOf(question({ paths: ["prod/a"] }), older("failed")),
    ],
    [
      "holds where that is well",
      { ok: true, text: /: update it\)$/ },
      statusesOf(question({ paths: ["prod/a"] }), older("succeeded")),
    ],
    [
      "and is waited for where it is not yet",
      { ok: false, fails: false, text: /it is pending .*: update it\)$/ },
      statusesOf(question({ paths: ["prod/a"] }), older("pending")),
    ],
    [
      "is red where it was well and then is not",
      { ok: false, fails: true },
      statusesOf(question(), answer("succeeded"), answer("failed")),
    ],
    [
      "does not hold by another identity's word, which is said",
      { ok: false, text: /has not answered yet/ },
      statusesOf(question(), answer("succeeded", { who: mallory ?? "" })),
    ],
    [
      "holds although somebody else says the contrary",
      { ok: true },
      statusesOf(question(), answer("succeeded"), bare("failed", mallory)),
    ],
    [
      "does not hold by this connector's own word",
      { ok: false },
      statusesOf(question(), answer("succeeded", { who: me ?? "" })),
    ],
    [
      "does not hold by an answer to an earlier question",
      { ok: false, ask: false, text: /what it said at 12:02 UTC \(succeeded\) is of before/ },
      statusesOf(question(), question(), answer("succeeded", { question: 1 })),
    ],
    [
      "is asked anew by a new attempt, whatever was said to the earlier one",
      { ok: false, ask: true },
      statusesOf(question(), answer("succeeded")),
      { askedSince: start + 30_000 },
    ],
    [
      "is asked anew where all of the delivery is in question, and only a part was",
      { ok: false, ask: true },
      statusesOf(question(), answer("succeeded")),
      { whole: true },
    ],
    [
      "holds for a part where all of it was asked about",
      { ok: true },
      statusesOf(question({ whole: true }), answer("succeeded")),
    ],
    [
      "does not hold by what was said of another delivery",
      { ok: false },
      statusesOf(question(), question({ delivery: "other" }), answer("succeeded", { question: 2 })),
    ],
    [
      "does not hold by what was said of another environment or cluster",
      { ok: false },
      statusesOf(
        question(),
        bare("succeeded", observer, "shop/staging/far"),
        bare("succeeded", observer, "shop/prod/west"),
      ),
    ],
    [
      "holds by a word that names no question and is not older than it by more than two minutes",
      { ok: true },
      statusesOf(bare("succeeded"), question()),
    ],
    [
      "does not hold by one that is older",
      { ok: false, text: /is of before/ },
      statusesOf(bare("succeeded"), bare("pending", mallory), bare("pending", mallory), question()),
    ],
    [
      "is asked once more before the end, where its word is old by then",
      { ok: false, ask: true, text: /asked once more/ },
      statusesOf(question(), answer("succeeded")),
      { now: start + 181_000 + 1 },
    ],
    [
      "is not asked again while other clusters are waited for",
      { ok: true, ask: false },
      statusesOf(question(), answer("succeeded")),
      { now: start + 900_000, fresh: false },
    ],
    [
      "is not waited for where it is the same identity: it is refused",
      { ok: false, ask: false, text: /its own/ },
      statusesOf(question(), answer("succeeded")),
      { unfit: "its own identity" },
    ],
    [
      "stands where its word is not an hour old",
      { ok: true, ask: false },
      statusesOf(question(), answer("succeeded")),
      { ...standing, now: start + 3_500_000 },
    ],
    [
      "stands while it is asked whether that is still so",
      { ok: true, ask: true },
      statusesOf(question(), answer("succeeded")),
      { ...standing, now: start + 3_700_000 },
    ],
    [
      "stands while that question is open",
      { ok: true, ask: false },
      statusesOf(question(), answer("succeeded"), question()),
      { ...standing, now: start + 200_000 },
    ],
    [
      "stands no longer where nobody answers",
      { ok: false, text: /has not answered yet/ },
      statusesOf(question(), answer("succeeded"), question()),
      { ...standing, now: start + 400_000 },
    ],
  ];
  for (const [what, expected, statuses, row] of rows) {
    it(what, () => {
      const { step, failures, ask } = verdictOf(statuses, row);
      if (expected.ok !== undefined) assert.equal(step.ok, expected.ok, step.text);
      if (expected.ask !== undefined) assert.equal(ask, expected.ask, step.text);
      assert.equal(failures.length > 0, expected.fails ?? false);
      if (expected.text) assert.match(step.text, expected.text);
    });
  }

  it("names who has written under its observer's name, three at most", () => {
    const strangers = ["4", "5", "6", "7", "8"].map((id) => () => ({
      ...bare("succeeded")(),
      ...by(id, `Mallory ${id}`),
    }));
    const { notes } = verdictOf(statusesOf(question(), ...strangers));
    assert.equal(notes.length, 3);
    assert.match(notes[0] ?? "", /^Mallory 4 has said something under .* does not count$/);
  });

  it("is unheard once a question has had its time and no answer, not before", () => {
    const unheard = (statuses: readonly CommitStatus[], facts: Partial<ObserverFacts> = {}) =>
      isUnheard(factsOf(statuses, { ...standing, now: start + 240_000, ...facts }));
    assert.equal(unheard(statusesOf()), false, "nobody asked");
    assert.equal(unheard(statusesOf(question()), { now: start + 239_999 }), false, "its time");
    assert.equal(unheard(statusesOf(question())), true);
    assert.equal(unheard(statusesOf(question(), answer("succeeded"))), false);
    assert.equal(unheard(statusesOf(question(), answer("failed"))), false, "red is an answer");
    const again = statusesOf(question(), answer("succeeded"), question());
    assert.equal(unheard(again, { now: start + 359_999 }), false, "the second one's time");
    assert.equal(unheard(again, { now: start + 360_000 }), true);
    const stranger = statusesOf(question(), answer("succeeded", { who: mallory ?? "" }));
    assert.equal(unheard(stranger), true);
    assert.equal(unheard(statusesOf(), { unfit: "it is this one's identity" }), true);
  });

  const said = (name: string, who = observer, genre = "fluxgate") => ({
    ...bare("succeeded", who, name)(),
    context: { genre, name },
  });

  it("is as fresh as the newest word of its own connector there, about whatever delivery", () => {
    const old = [question(), answer("succeeded")];
    const ask = (...more: readonly (() => Partial<CommitStatus>)[]) => {
      const late = (one: () => Partial<CommitStatus>) => () => ({
        ...one(),
        creationDate: new Date(start + 3_000_000).toISOString(),
      });
      const statuses = statusesOf(...old, ...more.map(late));
      return verdictOf(statuses, { ...standing, now: start + 4_000_000 }).ask;
    };
    assert.equal(ask(), true, "it has said nothing for an hour");
    assert.equal(
      ask(() => said("web/prod/far")),
      false,
      "of another delivery: it is there",
    );
    assert.equal(
      ask(() => said("web/prod/near")),
      true,
      "of another cluster",
    );
    assert.equal(
      ask(() => said("web/dev/far")),
      true,
      "of another environment",
    );
    assert.equal(
      ask(() => said("web/prod/far", mallory)),
      true,
      "by somebody else",
    );
    assert.equal(
      ask(() => said("web/prod/far", observer, "other")),
      true,
      "of another genre",
    );
  });

  it("is told by the newest of several words, and by the newest question that it answers", () => {
    const of = (...made: readonly Made[]) =>
      observerWord(statusesOf(...made), {
        ...place,
        observer: observer ?? "",
        me: new Set([me ?? ""]),
      });
    const twice = of(question(), answer("succeeded"), answer("failed"));
    assert.equal(twice.word?.state, "failed");
    assert.deepEqual(twice.word.answers, { id: 1, whole: false });
    const whole = of(question({ whole: true }), answer("succeeded"));
    assert.deepEqual(whole.word?.answers, { id: 1, whole: true });
    assert.deepEqual(of(question(), bare("succeeded")).word?.answers, undefined);
    assert.deepEqual(Object.keys(of(question())).sort(), ["asked", "strangers"]);
  });

  it("names strangers since the question alone, each once, by the names that the service gives", () => {
    const names = (...made: readonly Made[]) =>
      observerWord(statusesOf(...made), {
        ...place,
        observer: observer ?? "",
        me: new Set([me ?? ""]),
      }).strangers;
    assert.deepEqual(names(bare("succeeded", mallory), question()), [], "before it was asked");
    assert.deepEqual(names(question(), bare("succeeded", mallory), bare("failed", mallory)), [
      "Mallory",
    ]);
    assert.deepEqual(names(bare("succeeded", mallory)), ["Mallory"], "nobody asked");
    assert.deepEqual(
      names(question(), () => said("web/prod/far", mallory)),
      [],
    );
    assert.deepEqual(names(question(), bare("pending", me)), [], "itself");
    assert.deepEqual(
      names(question(), () => ({ ...said("shop/prod/far"), createdBy: undefined as never })),
      ["somebody"],
    );
  });
});
