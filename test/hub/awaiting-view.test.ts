import assert from "node:assert/strict";
import type { Compared, ComparedCommits } from "../../hub/data/compared-request.ts";
import type { TargetMove } from "../../hub/data/load-target-move.ts";
import type { PullRequestFacts } from "../../hub/data/load-pull-request.ts";
import { awaitingItem } from "../../hub/view/awaiting-view.ts";
import { type ChangesView, seenChanges } from "../../hub/view/changes-view.ts";
import { aPullRequest } from "./a-pull-request.ts";

const nothing = {
  ...{ objects: [], images: [], risks: [], problems: [], complete: true },
  ...{ others: [], wanted: [], unbuilt: [] },
};
const { view: plain } = seenChanges(nothing);
const refused: ChangesView = {
  ...plain,
  worst: "high",
  risks: [
    {
      severity: "high",
      object: "ConfigMap a",
      key: undefined,
      text: "the API server would refuse",
    },
  ],
};
const comparison = { source: "s", before: "b", after: "a", basis: "merge" } as const;
const facts: PullRequestFacts = {
  ...{ pullRequest: aPullRequest, me: { id: "me", name: "Me" }, target: undefined, comparison },
  ...{ trailers: undefined, build: undefined, letters: [], deployment: [], reportersRead: true },
  ...{ rejection: undefined, viewed: new Set<string>(), voteRecords: new Map() },
  ...{ abandonedBy: undefined, originRead: true, unread: [], hasBranch: true },
  move: { value: { state: "same" } },
};
const asked: ComparedCommits = {
  ...{ id: "1", view: plain, before: "b", after: "a", digest: "1-0123456789", others: [] },
  ...{ hangsOnCharts: false, lacksCharts: false, server: { value: { isKnown: true } } },
};

const here = {
  organisationUrl: "https://dev.azure.com/fabrikam",
  extension: { publisher: "fluxgate", name: "fluxgate" },
  now: Date.parse("2026-11-23T12:00:00Z"),
};

function itemOf(compared: Compared, more: Partial<PullRequestFacts> = {}) {
  return awaitingItem({ ...facts, ...more }, { key: "k", compared }, here);
}

describe("what of the list may be approved with others", () => {
  it("is what was compared, and what the API server's own code refuses nothing of", () => {
    const { group, vote, alone } = itemOf(asked);
    const seen = { digest: "1-0123456789", source: "s", before: "b", after: "a" };
    assert.deepEqual([group, vote, alone], ["none", seen, ""]);
  });

  it("is not what that code would refuse, however harmless it looked before", () => {
    const item = itemOf({ ...asked, server: { value: { isKnown: true, view: refused } } });
    assert.deepEqual([item.group, item.vote], ["high", undefined]);
    assert.match(item.risks[0]?.text ?? "", /the API server would refuse/);
  });

  it("is not what was compared with a target branch that has got what matters since", () => {
    const moved: TargetMove = {
      ...{ state: "moved", from: "b", head: "c", follows: true, commits: 1 },
      paths: ["prod/a.yaml"],
    };
    const move = { value: moved };
    const item = itemOf({ ...asked, places: ["prod"] }, { move });
    assert.deepEqual([item.group, item.vote], ["unknown", undefined]);
    assert.match(
      item.summary,
      /\. Compared with main as it was at b; it has moved since by 1 commit, to c\. prod.a\.yaml/,
    );
    assert.equal(itemOf({ ...asked, places: ["dev"] }, { move }).group, "none");
  });

  it("is nothing while that is being asked", () => {
    const { group, vote } = itemOf({ ...asked, server: undefined });
    assert.deepEqual([group, vote], ["comparing", undefined]);
  });

  for (const [name, server] of [
    ["it could not be asked", { value: { isKnown: false } }],
    ["asking it failed", { error: new Error("gone") }],
  ] as const) {
    it(`is nothing where ${name}, and that is said`, () => {
      const { vote, alone, group } = itemOf({ ...asked, server });
      assert.deepEqual([vote, group], [undefined, "unknown"]);
      assert.match(alone, /own review alone: the API server's own code was not asked/);
    });
  }

  it("says where it did not judge all of it", () => {
    const gap = "the API server's own code did not judge all of it";
    const { group, summary } = itemOf({ ...asked, server: { value: { isKnown: true, gap } } });
    assert.equal(group, "none");
    assert.match(summary, /; the API server's own code did not judge all of it$/);
  });

  it("is not what is grave by itself, before anybody else is asked", () => {
    const item = itemOf({ ...asked, view: refused, server: undefined });
    assert.deepEqual([item.group, item.vote], ["high", undefined]);
  });

  it("is nothing that was not wholly compared, or of its branch alone", () => {
    const part = itemOf({ ...asked, view: { ...plain, complete: false } });
    assert.deepEqual([part.group, part.vote], ["unknown", undefined]);
    const branch = itemOf(asked, { comparison: { ...comparison, basis: "source" } });
    assert.deepEqual([branch.group, branch.vote], ["unknown", undefined]);
  });

  it("is nothing for whom nobody knows, who is told so", () => {
    const { vote, alone, mine } = itemOf(asked, { me: undefined });
    assert.deepEqual([vote, mine], [undefined, ""]);
    assert.match(alone, /^Who you are could not be read/);
  });
});
