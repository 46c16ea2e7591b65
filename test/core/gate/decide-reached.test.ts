// What an environment reaches by inventories and sources, and what is waited for of it.
import assert from "node:assert/strict";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { api, cluster, healthy, helmChart, helmRelease, input } from "./gate-world.ts";
import { kustomization, now, older, parsed, releaseId, running } from "./gate-world.ts";
import { shopDev, shopDevId, source } from "./gate-world.ts";
import { describeRows, kindOf, type Row } from "./rows.ts";

const childId = "flux-system_child_kustomize.toolkit.fluxcd.io_Kustomization";
const appId = "shop_api_apps_Deployment";
const failed = { status: "False", reason: "BuildFailed", message: "bad" } as const;

const reached: readonly Row[] = [
  {
    says: "of what X did not write may be unseen",
    given: { clusters: [running([kustomization({ inventory: [appId, releaseId] })])] },
    then: "succeeded",
  },
  {
    says: "of the roll-up has to be seen",
    given: {
      ...{ everything: true, changed: [] },
      clusters: [running([kustomization({ inventory: [appId, releaseId] })])],
    },
    then: "waiting applied",
    text: /HelmRelease shop\/api: it has not been seen yet/,
  },
  {
    says: "is of the roll-up only where it is of the environment",
    given: {
      ...{ everything: true, changed: [] },
      clusters: [
        running([
          kustomization({ inventory: [appId, childId] }),
          kustomization({
            name: "child",
            path: "./c",
            environment: "prod",
            ready: failed,
            applied: older,
          }),
        ]),
      ],
    },
    then: "succeeded",
    later: true,
  },
  {
    says: "may lead in a circle",
    given: {
      clusters: [
        running([
          kustomization({
            inventory: [appId, childId, shopDevId],
          }),
          kustomization({
            ...{ name: "child", path: "./c" },
            inventory: [shopDevId],
          }),
        ]),
      ],
    },
    then: "succeeded",
  },
  {
    says: "by itself brings nobody: a Kustomization that lists itself is not its own parent",
    given: {
      changed: [
        ...(input().changed ?? []),
        {
          ...{ path: "dev/k.yaml", removed: false },
          identities: [shopDev],
        },
      ],
      clusters: [
        running([
          kustomization({
            inventory: [appId, shopDevId],
          }),
        ]),
      ],
    },
    then: "succeeded",
  },
];

const origin = (kind: string, facts: { revision?: string; ready?: object; generation?: number }) =>
  parsed({
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind },
    metadata: { name: "origin", namespace: "shop", generation: facts.generation ?? 1 },
    spec: { url: "oci://r.io/charts" },
    status: {
      ...{ observedGeneration: 1, artifact: { revision: facts.revision } },
      conditions: [{ type: "Ready", status: "True", reason: "Succeeded", ...facts.ready }],
    },
  });
const from = (kind: string, ...more: readonly FluxObject[]): Partial<GateInput> => {
  const identity = { ...api, group: "source.toolkit.fluxcd.io", kind, name: "origin" };
  const spec =
    kind === "OCIRepository" || kind === "HelmChart"
      ? { chartRef: { kind, name: "origin" } }
      : { chart: { spec: { chart: "api", sourceRef: { kind, name: "origin" } } } };
  const inventory = [`shop_origin_source.toolkit.fluxcd.io_${kind}`, releaseId];
  return {
    changed: [{ path: "dev/o.yaml", removed: false, identities: [identity] }],
    clusters: [
      cluster({
        flux: [
          source(),
          kustomization({ inventory }),
          helmRelease({ spec, status: { helmChart: "shop/api" } }),
          ...more,
        ],
        health: { [`${kind}.source.toolkit.fluxcd.io/shop/origin`]: healthy },
      }),
    ],
  };
};
const chart = (more: object): FluxObject => ({ ...helmChart({}), ...more });

const sources: readonly Row[] = [
  {
    says: "that was not seen cannot be told to be taken",
    given: from("OCIRepository"),
    then: "waiting health-unknown",
    text: /whether it took OCIRepository shop\/origin, which changed, cannot be told: it has not been seen$/,
  },
  {
    says: "that may not be read neither, and says what to grant",
    given: {
      ...from("OCIRepository"),
      clusters: (from("OCIRepository").clusters ?? []).map((one) => ({
        ...one,
        namespaces: ["flux-system"],
      })),
    },
    then: "waiting health-unknown",
    text: /cannot be told: is in namespace shop, which this connector may not read/,
  },
  {
    says: "without an artefact has nothing to take",
    given: from("OCIRepository", origin("OCIRepository", {})),
    then: "succeeded",
  },
  {
    says: "whose chart is not there yet holds",
    given: from("HelmRepository", origin("HelmRepository", { revision: "sha256:1" })),
    then: "waiting applied",
    text: /its HelmChart has not been seen yet$/,
  },
  {
    says: "whose chart fails says why",
    given: from(
      "HelmRepository",
      origin("HelmRepository", { revision: "sha256:1" }),
      helmChart({ ready: { status: "False", reason: "ChartPullError", message: "404" } }),
    ),
    then: "waiting applied",
    text: /its source HelmChart shop\/api, which changed: 404$/,
  },
  {
    says: "whose chart has not looked since holds",
    given: from(
      "HelmRepository",
      origin("HelmRepository", { revision: "sha256:2" }),
      chart({ observedSourceArtifactRevision: "sha256:1" }),
    ),
    then: "waiting applied",
    text: /HelmChart shop\/api has not looked at HelmRepository shop\/origin as it is now yet$/,
  },
  {
    says: "without revisions is told by its chart",
    given: from("HelmRepository", origin("HelmRepository", {}), chart({})),
    then: "succeeded",
  },
  {
    says: "that is a chart itself is taken with its version",
    given: from("HelmChart", origin("HelmChart", { revision: "1.2.3" })),
    then: "succeeded",
  },
  {
    says: "that is a chart itself holds with another version",
    given: from("HelmChart", origin("HelmChart", { revision: "1.2.4" })),
    then: "waiting applied",
    text: /has not tried chart version 1.2.4 yet$/,
  },
  {
    says: "at a digest that names no chart version is read whole",
    given: from(
      "OCIRepository",
      origin("OCIRepository", { revision: `1.2.4@sha256:${"a".repeat(64)}` }),
    ),
    then: "waiting applied",
    text: /has not tried 1.2.4@sha256:a{64} of OCIRepository shop\/origin yet$/,
  },
];

const [a, b] = ["a", "b"].map((letter) => `sha256:${letter.repeat(64)}`);
const tried = (kind: string, revision: string, status: object): Partial<GateInput> => {
  const given = from(kind, origin(kind, { revision }));
  const spec = { chartRef: { kind, name: "origin" } };
  const clusters = (given.clusters ?? []).map((one) => ({
    ...one,
    flux: one.flux.map((object) =>
      object.kind === "HelmRelease" ? helmRelease({ spec, status: { ...status } }) : object,
    ),
  }));
  return { ...given, clusters };
};
const attempts: readonly (readonly [
  kind: string,
  revision: string,
  status: object,
  took: boolean,
])[] = [
  ["OCIRepository", `${a}`, { lastAttemptedRevisionDigest: a }, true],
  ["OCIRepository", `${a}`, { lastAttemptedRevisionDigest: b }, false],
  ["OCIRepository", `${a}`, { lastAttemptedRevision: "1.2.3+aaaaaaaaaaaa" }, true],
  ["OCIRepository", `${a}`, { lastAttemptedRevision: "1.2.3+bbbbbbbbbbbb" }, false],
  ["OCIRepository", `latest@${a}`, { lastAttemptedRevisionDigest: `latest@${a}` }, true],
  ["OCIRepository", `latest@${a}`, { lastAttemptedRevisionDigest: `latest@${b}` }, false],
  ["ExternalArtifact", `latest@${a}`, { lastAttemptedRevisionDigest: `latest@${a}` }, true],
  ["ExternalArtifact", `latest@${a}`, { lastAttemptedRevisionDigest: b }, false],
  ["ExternalArtifact", "1.2.3", {}, true],
];
const digests = attempts.map(([kind, revision, status, took]): Row => ({
  says: `${took ? "is" : "is not"} of ${kind} ${revision} with ${JSON.stringify(status)}`,
  given: tried(kind, revision, status),
  then: took ? "succeeded" : "waiting applied",
}));

describeRows("what a release has tried", digests);
describeRows("an inventory", reached);
describeRows("a source that X changed", sources);

describe("decide(): what releases ran before there was an X", () => {
  const target = { kind: "pull-request", id: 7, state: "active" } as const;
  const remembered = (clusters: GateInput["clusters"]) =>
    decide(input({ target, clusters }), now).memory.configDigest;

  it("is remembered of the environment's, by cluster", () => {
    const other = {
      ...helmRelease({}),
      labels: { "fluxgate.dev/environment": "prod" },
      name: "web",
    };
    const clusters = [running([kustomization(), helmRelease({}), other])];
    assert.deepEqual(remembered(clusters), { "local|HelmRelease/shop/api": "sha256:1" });
  });

  it("is nothing where it has tried nothing", () => {
    const fresh = helmRelease({ status: { lastAttemptedConfigDigest: undefined } });
    assert.deepEqual(remembered([running([fresh])]), { "local|HelmRelease/shop/api": "" });
  });

  it("is not what a cluster had that does not answer", () => {
    assert.deepEqual(remembered([{ ...running([helmRelease({})]), silent: "no route" }]), {});
  });
});

describe("decide(): a request that was there before the values were", () => {
  it("proves nothing, however late it is answered", () => {
    const values = { ...api, group: "", kind: "ConfigMap", name: "values" };
    const look = (annotation: string, handled: string, memory = input().memory) => {
      const facts = {
        spec: { valuesFrom: [{ kind: "ConfigMap", name: "values" }] },
        status: { lastHandledReconcileAt: handled, lastHandledResetAt: handled },
        annotations: {
          "reconcile.fluxcd.io/requestedAt": annotation,
          "reconcile.fluxcd.io/resetAt": annotation,
        },
      };
      const inventory = [releaseId, "shop_values__ConfigMap"];
      const changed = [{ path: "dev/v.yaml", removed: false, identities: [values] }];
      const clusters = [running([kustomization({ inventory }), helmRelease(facts)])];
      return decide(input({ changed, clusters, memory }), now);
    };
    const first = look("1", "0");
    assert.equal(first.toAsk?.length, 1, "nobody has asked since");
    const answered = look("1", "1", first.memory);
    assert.equal(kindOf(answered), "waiting applied");
    const asked = look("2", "1", answered.memory);
    assert.equal(kindOf(asked), "waiting applied");
    assert.equal(asked.toAsk?.length, 0, "one is under way");
    assert.equal(kindOf(look("2", "2", asked.memory)), "succeeded");
    assert.equal(kindOf(look("2", "0", asked.memory)), "waiting applied");
  });
});
