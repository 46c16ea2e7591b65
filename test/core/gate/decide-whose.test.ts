// Which failures end a run, which are only said, and when.
import assert from "node:assert/strict";
import type { Condition } from "../../../core/flux/condition.ts";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { emptyMemory } from "../../../core/gate/memory.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import { api, chartSource, cluster, healthy, helmChart, helmRelease } from "./gate-world.ts";
import { input, kustomization, newer, now, older, pulling, release } from "./gate-world.ts";
import { releaseId, running, source, x } from "./gate-world.ts";
import { describeRows, kindOf, type Row } from "./rows.ts";

const failed = (reason: string, message = "") => ({ status: "False", reason, message }) as const;
const released = (
  facts: Parameters<typeof helmRelease>[0],
  of: {
    readonly more?: readonly FluxObject[];
    readonly parent?: string;
    readonly health?: ObservedHealth;
    readonly path?: string;
  } = {},
): Partial<GateInput> => ({
  changed: [{ path: of.path ?? "dev/hr.yaml", removed: false, identities: [release] }],
  clusters: [
    running(
      [
        kustomization({ inventory: [releaseId], applied: of.parent ?? x }),
        helmRelease(facts),
        ...(of.more ?? []),
      ],
      of.health,
    ),
  ],
});
const refused =
  'Deployment.apps "web" is invalid: spec.selector: Invalid value: 1: field is immutable';

const rows: readonly Row[] = [
  {
    says: "what no retry changes ends the roll-up at once, whoever made it",
    given: {
      ...{ everything: true, changed: [] },
      clusters: [running([kustomization({ ready: failed("ReconciliationFailed", refused) })])],
    },
    then: "failed terminal",
  },
  {
    says: "and a run by its release",
    given: released({ ready: failed("UpgradeFailed", refused) }),
    then: "failed terminal",
  },
  {
    says: "a release that waits is no failure, and its clock no other's",
    given: released({ ready: failed("DependencyNotReady", "later") }),
    then: "waiting applied",
    later: true,
  },
];

const chartSpec = {
  spec: {
    chart: {
      spec: { chart: "./charts/api", sourceRef: { kind: "GitRepository", ...chartSource } },
    },
  },
  status: { helmChart: "shop/api" },
};
const broken = failed("ChartPackageError", "Chart.yaml is missing");
const charts: readonly Row[] = [
  {
    says: "of X that cannot be packed counts, though X did not change it",
    given: released(chartSpec, { more: [helmChart({ from: x, ready: broken })] }),
    then: "failed lasting",
    later: true,
    text: /HelmChart shop\/api: ChartPackageError: Chart.yaml is missing/,
  },
  {
    says: "of a newer commit is somebody else's where X did not change it",
    given: released(chartSpec, { more: [helmChart({ from: newer, ready: broken })] }),
    then: "succeeded",
    later: true,
    line: /HelmChart shop\/api: .*\(not of what changed here\)/,
  },
  {
    says: "of a newer commit counts where X changed it",
    given: {
      ...released(chartSpec, { more: [helmChart({ from: newer, ready: broken })] }),
      changed: [{ path: "charts/api/Chart.yaml", removed: false, identities: [] }],
    },
    then: "failed lasting",
    later: true,
  },
  {
    says: "of an older commit says nothing of X",
    given: released(chartSpec, { more: [helmChart({ from: older, ready: broken })] }),
    then: "waiting applied",
    later: true,
  },
];

const loose = {
  spec: { upgrade: { disableWait: true } },
  status: { inventory: { entries: [{ id: "shop_api_apps_Deployment", v: "v1" }] } },
};
const looseRows: readonly Row[] = [
  {
    says: "holds the wait by what it applied: nobody says what of it X changed",
    given: released(loose, { health: pulling }),
    then: "waiting health",
    later: true,
    line: /HelmRelease shop\/api: judged whole, since it does not wait for its objects \(disableWait\)/,
  },
  {
    says: "not before it has taken X",
    given: released(loose, { health: pulling, parent: older }),
    then: "waiting applied",
    later: true,
  },
  {
    says: "is well with all of it",
    given: released(loose, { health: healthy }),
    then: "succeeded",
  },
  {
    says: "is not known to be well where nobody lists what it applied",
    given: released({ spec: loose.spec }),
    then: "waiting health-unknown",
    text: /it does not wait for its objects \(disableWait\), and its inventory is empty$/,
  },
];

describeRows("a failure that counts", rows);
describeRows("a chart of the repository", charts);
describeRows("a release that does not wait", looseRows);

describe("decide(): clocks of failures", () => {
  const web = { ...api, name: "web" };
  const both = (first: ObservedHealth, second: ObservedHealth): Partial<GateInput> => ({
    changed: [{ path: "dev/all.yaml", removed: false, identities: [api, web] }],
    clusters: [
      cluster({
        flux: [
          source(),
          kustomization({ inventory: ["shop_api_apps_Deployment", "shop_web_apps_Deployment"] }),
        ],
        health: { "Deployment.apps/shop/api": first, "Deployment.apps/shop/web": second },
      }),
    ],
  });
  const looks = (...seen: readonly (readonly [second: number, facts: Partial<GateInput>])[]) => {
    let memory = emptyMemory;
    let kind = "";
    for (const [second, facts] of seen) {
      const verdict = decide(input({ ...facts, memory }), now + second * 1000);
      [memory, kind] = [verdict.memory, kindOf(verdict)];
    }
    return kind;
  };

  it("are each object's own", () => {
    assert.equal(
      looks(
        [0, both(pulling, healthy)],
        [119, both(healthy, pulling)],
        [130, both(healthy, pulling)],
      ),
      "waiting health",
    );
  });

  it("go on while what failed is on its way, for as long as that takes", () => {
    const starting = { state: "in-progress", cause: "0 of 1" } as const;
    const seen = looks(
      [0, both(pulling, healthy)],
      [30, both(starting, healthy)],
      [400, both(starting, healthy)],
      [410, both(pulling, healthy)],
    );
    assert.equal(seen, "failed lasting");
  });

  it("do not where it was well", () => {
    const seen = looks(
      [0, both(pulling, healthy)],
      [30, both(healthy, healthy)],
      [400, both(healthy, healthy)],
      [410, both(pulling, healthy)],
    );
    assert.equal(seen, "waiting health");
  });
});

describe("decide(): what was failing before X", () => {
  const layouts = { dev: { whole: "why", unreached: [] } };
  const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
  const look = (
    of: { readonly storedAt: string; readonly has?: string },
    history: { readonly appliedAt?: number; readonly conditionsAt?: number } | undefined,
    memory = emptyMemory,
  ) => {
    const { storedAt, has = x } = of;
    const flux = [
      source({ storedAt, has }),
      kustomization({
        inventory: ["shop_api_apps_Deployment", "shop_red_apps_Deployment"],
        applied: has,
      }),
    ];
    const health = { "Deployment.apps/shop/api": healthy, "Deployment.apps/shop/red": pulling };
    const told = history && { history: { "Deployment.apps/shop/red": history } };
    return decide(input({ layouts, memory, clusters: [cluster({ flux, health, ...told })] }), now);
  };
  const early = { appliedAt: at("10:00:00"), conditionsAt: at("10:00:00") };
  const fetched = { storedAt: "2026-11-23T11:00:00Z" };

  it("is said, and holds nobody", () => {
    const verdict = look(fetched, early);
    assert.equal(kindOf(verdict), "succeeded");
    assert.match(verdict.notes.join(), /Deployment shop\/red: .* \(so before aaaaaaaa came\)/);
    assert.match(verdict.progress.join("\n"), /2 of 2 objects are well/);
  });

  for (const [says, of, history] of [
    ["where nothing is known of its past", fetched, undefined],
    ["where nobody says when Flux applied it", fetched, { conditionsAt: early.conditionsAt }],
    ["where no condition says since when", fetched, { appliedAt: early.appliedAt }],
    ["where its condition is as old as X", fetched, { ...early, conditionsAt: at("11:00:00") }],
    ["where the source says no time", { storedAt: "soon" }, early],
    ["where the source has a newer commit by now", { ...fetched, has: newer }, early],
  ] as const) {
    it(`holds the wait, named, ${says}`, () => {
      const verdict = look(of, history);
      assert.equal(kindOf(verdict), "waiting health");
      assert.match(verdict.text, /whether aaaaaaaa changed it cannot be told/);
    });
  }

  it("is compared with the first time that X was stored", () => {
    const first = look(fetched, early);
    const again = { storedAt: "2026-11-23T11:58:00Z" };
    const between = { appliedAt: at("11:30:00"), conditionsAt: at("10:00:00") };
    const verdict = look(again, between, first.memory);
    assert.equal(kindOf(verdict), "waiting health", "Flux has changed it since X came");
  });
});

describe("decide(): a condition of Flux that nobody knows", () => {
  for (const status of ["True", "False", "Unknown"] as const) {
    it(`changes nothing when it is ${status}`, () => {
      const conditions: readonly Partial<Condition>[] = [
        { type: "Quantum", status, reason: "Q", message: "q" },
      ];
      const verdict = decide(input({ clusters: [running([kustomization({ conditions })])] }), now);
      assert.equal(kindOf(verdict), "succeeded");
    });
  }
});
