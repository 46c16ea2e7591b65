import assert from "node:assert/strict";
import { cellState } from "../../hub/view/cell-state.ts";
import type { Verdict } from "../../hub/view/verdict.ts";
import { aSnapshot, now, workload } from "./a-snapshot.ts";

const verdict = (state: Verdict["state"], text = ""): Verdict => ({
  state,
  text,
  at: "2026-11-23T11:00:00Z",
  by: "Fluxgate connector",
});
const identity = {
  group: "apps",
  version: "v1",
  kind: "Deployment",
  namespace: "shop",
  name: "api",
};
const files = [{ app: "api", identity, sha256: "" }];
const seen = (health: string, cause = "", change: object = {}) => [
  { ...aSnapshot, workloads: [workload("api", health, cause)], ...change },
];
const old = { observedAt: "2026-11-23T11:40:00Z" };

describe("how a delivery is in an environment", () => {
  const rows: readonly [
    string,
    Parameters<typeof cellState>[0]["snapshots"],
    Verdict | undefined,
    RegExp,
  ][] = [
    ["nobody reports", [], undefined, /^No connector/],
    ["only the cluster is reported", seen("current"), undefined, /^Unconfirmed/],
    ["the connector says healthy", seen("current"), verdict("succeeded"), /^Healthy: $/],
    ["it says so and no snapshot exists", [], verdict("succeeded"), /^Healthy: $/],
    [
      "it says failed",
      seen("failed"),
      verdict("failed", "ImagePullBackOff"),
      /^Failed: ImagePullBackOff/,
    ],
    [
      "it says pending",
      seen("in-progress"),
      verdict("pending", "reconciling"),
      /^In progress: reconciling/,
    ],
    [
      "the cluster differs for the worse",
      seen("failed", "CrashLoopBackOff"),
      verdict("succeeded"),
      /^Unconfirmed: .*api is failed: CrashLoopBackOff/,
    ],
    [
      "the cluster differs for the better",
      seen("current"),
      verdict("failed", "x"),
      /^Unconfirmed: .*healthy now/,
    ],
    [
      "the snapshot is old",
      seen("failed", "", old),
      verdict("succeeded"),
      /^Healthy when last seen/,
    ],
    [
      "the cluster is silent",
      seen("current", "", { silent: "refused" }),
      verdict("succeeded"),
      /^Healthy when last seen/,
    ],
    [
      "only a cluster that does not gate is broken",
      seen("failed", "", { active: false }),
      verdict("succeeded"),
      /^Healthy: $/,
    ],
  ];
  for (const [when, snapshots, said, expected] of rows) {
    it(`is told when ${when}`, () => {
      const { state, cause } = cellState({
        verdict: said,
        snapshots,
        files,
        now,
        reportsRead: true,
      });
      assert.match(`${state}: ${cause}`, expected);
    });
  }

  it("is confirmed by nobody where the reports could not be read, whatever a status says", () => {
    const state = (said: Parameters<typeof cellState>[0]["verdict"]) => {
      const found = cellState({ verdict: said, snapshots: [], files, now, reportsRead: false });
      return [found.tone, found.state, found.cause];
    };
    assert.deepEqual(state(verdict("succeeded", "healthy")), [
      ...["warning", "Unconfirmed"],
      "Reports could not be read; a status says: healthy.",
    ]);
    assert.deepEqual(state(undefined), [
      ...["warning", "Not known"],
      "Reports of connectors could not be read.",
    ]);
  });

  it("is not judged by what belongs to another delivery", () => {
    const snapshots = [{ ...aSnapshot, workloads: [workload("others", "failed")] }];
    const { state } = cellState({
      verdict: verdict("succeeded"),
      snapshots,
      files,
      now,
      reportsRead: true,
    });
    assert.equal(state, "Healthy");
  });
});
