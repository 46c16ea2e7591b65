import assert from "node:assert/strict";
import type { Journey } from "../../hub/data/load-trace.ts";
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
