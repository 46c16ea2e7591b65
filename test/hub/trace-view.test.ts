import assert from "node:assert/strict";
import type { Journey } from "../../hub/data/load-trace.ts";
import { lookedThrough, mostWays } from "../../hub/data/trace/looked-through.ts";
import { traceQuery } from "../../hub/view/trace-query.ts";
import { runTraceText, traceText } from "../../hub/view/trace-text.ts";
import { traceView } from "../../hub/view/trace-view.ts";
import { aBuild, aPullRequest } from "./a-pull-request.ts";

const at = {
  ...{ snapshots: [], reportsRead: true, organisationUrl: "https://dev.azure.com/fabrikam" },
  now: Date.parse("2026-11-23T12:00:00Z"),
};
const code = { repository: "shop", commit: "0123456789" };
const journey: Journey = {
  ...{ pullRequest: aPullRequest, source: code, code: undefined, codeRepository: undefined },
  branch: { delivery: "shop", environment: "prod", build: 101, attempt: 1 },
  build: { ...aBuild, startTime: "2026-11-23T10:00:00Z" },
  ...{ ci: undefined, statuses: undefined, runRead: true, sourceRead: true },
};

function hopsOf(started: string | undefined) {
  const source = { ...code, ...(started === undefined ? {} : { started }) };
  return traceView({ ...journey, source }, at).hops.map(({ name, took }) => [name, took]);
}

describe("the way from a run to its pull request", () => {
  it("is work from where its stage began; what earlier stages took is not called so", () => {
    assert.deepEqual(hopsOf("2026-11-23T10:59:50Z").slice(2, 4), [
      ["Stage", "after 59 minutes"],
      ["Pull request", "after 10 seconds of work"],
    ]);
  });

  it("is all of it in the first stage, and where an older version did not say", () => {
    for (const started of [undefined, "2026-11-23T10:00:05Z"]) {
      assert.deepEqual(hopsOf(started)[2], ["Pull request", "after 1 hour of work"]);
    }
  });

  it("takes no moment that cannot be from a trailer, which anybody could have written", () => {
    for (const started of ["soon", "2026-11-23T11:00:01Z", "2020-01-01T00:00:00Z"]) {
      assert.equal(hopsOf(started)[2]?.[0], "Pull request");
    }
  });
});

describe("what a look for ways says of itself", () => {
  const run = { kind: "run", build: 1 } as const;
  const image = traceQuery("api:1.6.0");
  const requests = (amount: number, more: object = {}) =>
    Array.from({ length: amount }, () => ({ ...aPullRequest, ...more }));
  const found = {
    ...{ meant: undefined, looked: 60, isWhole: true, left: 0 },
    ...{ elsewhere: [], unseen: [] },
  };

  it("is of all that is listed where that costs nothing, else of the newest, and says so", () => {
    const looked = (amount: number, query: typeof run | typeof image) => {
      const { made, isWhole } = lookedThrough(requests(amount), query);
      return [made.length, isWhole];
    };
    assert.deepEqual(looked(299, run), [299, true]);
    // The list itself has an end.
    assert.deepEqual(looked(300, run), [300, false]);
    assert.deepEqual(looked(60, image), [60, true]);
    assert.deepEqual(looked(61, image), [60, false]);
    assert.deepEqual(lookedThrough(requests(2, { forkSource: {} }), run).made, []);
    assert.equal(mostWays(run) >= 50, true);
  });

  it("counts what it does not show", () => {
    const cut = { ...found, journeys: [1, 2], left: 3 };
    assert.equal(
      traceText("x", { ...cut, meant: "commit 8e42f3ca" }),
      "5 ways of x (commit 8e42f3ca) found, newest first. 3 older ones are not shown.",
    );
    assert.equal(runTraceText({ ...cut, left: 1 }), "1 older one is not shown.");
    assert.equal(runTraceText({ ...cut, left: 0 }), "");
  });

  it("claims nothing of what it did not go through", () => {
    const none = { ...found, journeys: [] };
    assert.match(traceText("x", none), /among the pull requests of runs \(60 looked/);
    assert.match(traceText("x", { ...none, isWhole: false }), /among the newest pull requests/);
    assert.match(runTraceText(none), /^This run has opened no manifests pull request in this/);
    assert.match(runTraceText({ ...none, isWhole: false }), /Older ones were not looked at/);
  });
});
