import assert from "node:assert/strict";
import { emptyMemory } from "../../../core/gate/memory.ts";
import { afterGrace, kustomization, now, older, pulling, running, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const notReady = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

const abandoned = { kind: "pull-request", id: 7, state: "abandoned", abandoned: "by Ari" } as const;

const active = { kind: "pull-request", id: 7, state: "active" } as const;

const suspended = kustomization({ spec: { suspend: true } });

const failedRows: readonly Row[] = [
  {
    says: "at once when X, once seen on the branch, is no longer there",
    given: { onBranch: "no", memory: { ...emptyMemory, commit: x, seenOnBranch: true } },
    then: "failed force-push",
  },
  {
    says: "never seen there: waiting",
    given: { target: { kind: "commit", commit: x }, onBranch: "no" },
    then: "waiting branch",
    later: true,
  },
  { says: "not known: waiting", given: { onBranch: "unknown" }, then: "waiting branch" },
  {
    says: "at once when the pull request is abandoned",
    given: { target: abandoned },
    then: "failed abandoned",
    text: /!7 was abandoned: by Ari/,
  },
  {
    says: "at once when the wait is about to expire",
    given: { target: active, deadline: now },
    then: "failed expired",
    text: /!7 is not merged yet: retry this stage to go on waiting/,
  },
  {
    says: "expiry says what it was waiting for",
    given: { clusters: [running([suspended])], deadline: now },
    then: "failed expired",
    text: /suspended/,
  },
  {
    says: "ImagePullBackOff of what changed counts after the grace",
    given: { clusters: [running([kustomization()], pulling)] },
    then: "failed lasting",
    later: true,
    text: /Deployment shop\/api: .*ImagePullBackOff/,
  },
  {
    says: "and not before",
    given: { clusters: [running([kustomization()], pulling)] },
    then: "waiting health",
  },
  {
    says: "a workload counts only after an attempt at a revision that contains X",
    given: { clusters: [running([kustomization({ applied: older })], pulling)] },
    then: "waiting applied",
    later: true,
  },
  {
    says: "HealthCheckFailed that names what changed counts after the grace",
    given: {
      clusters: [
        running(
          [
            kustomization({
              applied: older,
              attempted: x,
              ready: notReady("HealthCheckFailed", "Deployment/shop/api status: 'Failed'"),
            }),
          ],
          { state: "forbidden" },
        ),
      ],
    },
    then: "failed lasting",
    later: true,
  },
  {
    says: "failures outside what changed are noted, not counted",
    given: {
      clusters: [
        running([
          kustomization({
            inventory: [
              "shop_api_apps_Deployment",
              "flux-system_other_kustomize.toolkit.fluxcd.io_Kustomization",
            ],
          }),
          kustomization({ name: "other", path: "./else", ready: notReady("BuildFailed", "bad") }),
        ]),
      ],
    },
    then: "succeeded",
    later: true,
  },
];

describeRows("failed", failedRows);

describe("decide(): failed", () => {
  it("says what it looked at, and notes what is not counted", () => {
    const verdict = afterGrace(failedRows.at(-1)?.given ?? {});
    assert.deepEqual(verdict.progress, [
      "Kustomization flux-system/shop-dev: applied aaaaaaaa",
      "Deployment shop/api: healthy",
    ]);
    assert.match(verdict.notes.join(), /Kustomization flux-system\/other: BuildFailed: bad/);
  });
});
