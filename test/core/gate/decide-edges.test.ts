// Where a false green is one condition away: each row lacks exactly that one.
import assert from "node:assert/strict";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { api, cluster, healthy, helmRelease, input, kustomization } from "./gate-world.ts";
import { now, older, pulling, running, source, x } from "./gate-world.ts";
import { describeRows, kindOf, type Row } from "./rows.ts";

const unhealthyCheck = (ready: object, ...conditions: readonly object[]) =>
  kustomization({
    ...{ applied: older, attempted: x, conditions },
    ready: { status: "False", reason: "HealthCheckFailed", message: "red", ...ready },
  });
const accepting = { name: "dev", scope: "delivery", healthUnknownSucceeds: true } as const;

const applied: readonly Row[] = [
  {
    says: "only a health check that failed tells that the rest of X is applied, not one that runs",
    given: { clusters: [running([unhealthyCheck({ status: "Unknown" })])] },
    then: "waiting applied",
  },
  {
    says: "nor another failure of the same revision",
    given: { clusters: [running([unhealthyCheck({ reason: "PruneFailed" })])] },
    then: "waiting applied",
  },
  {
    says: "nor one that Flux has given up on",
    given: {
      clusters: [running([unhealthyCheck({}, { type: "Stalled", status: "True", message: "" })])],
    },
    then: "failed terminal",
  },
  {
    says: "but a condition of that name that does not hold is none",
    given: {
      clusters: [running([unhealthyCheck({}, { type: "Stalled", status: "False", message: "" })])],
    },
    then: "succeeded",
  },
  {
    says: "nor one of an older generation",
    given: {
      clusters: [
        running([
          kustomization({
            ...{ applied: older, attempted: x, generation: 2, observedGeneration: 2 },
            ready: { status: "False", reason: "HealthCheckFailed", observedGeneration: 1 },
          }),
        ]),
      ],
    },
    then: "waiting applied",
  },
  {
    says: "nor one at the revision before X",
    given: {
      clusters: [
        running([
          kustomization({
            ...{ applied: older, attempted: older },
            ready: { status: "False", reason: "HealthCheckFailed" },
          }),
        ]),
      ],
    },
    then: "waiting applied",
  },
  {
    says: "what is being deleted holds, whatever it applied",
    given: { clusters: [running([{ ...kustomization(), deleting: true }])] },
    then: "waiting applied",
    text: /it is being deleted/,
  },
];

const unknown: readonly Row[] = [
  {
    says: "accepts what may not be read",
    given: {
      environment: accepting,
      clusters: [running([kustomization()], { state: "forbidden" })],
    },
    then: "succeeded",
    line: /Deployment shop\/api: applied, health unknown/,
  },
  {
    says: "and nothing that is not well",
    given: { environment: accepting, clusters: [running([kustomization()], pulling)] },
    then: "waiting health",
  },
  {
    says: "nor what is on its way, or gone",
    given: {
      environment: accepting,
      clusters: [running([kustomization()], { state: "in-progress", cause: "0 of 1" })],
    },
    then: "waiting health",
  },
  {
    says: "nor what is missing",
    given: { environment: accepting, clusters: [running([kustomization()], { state: "missing" })] },
    then: "waiting health",
  },
  {
    says: "nor what was not looked at",
    given: { environment: accepting, clusters: [cluster({ health: {} })] },
    then: "waiting health",
    text: /has not been read yet/,
  },
  {
    says: "nor what is not applied",
    given: {
      environment: accepting,
      clusters: [running([kustomization({ applied: older })], { state: "forbidden" })],
    },
    then: "waiting applied",
  },
  {
    says: "and without that word accepts none of it",
    given: { clusters: [running([kustomization()], { state: "forbidden" })] },
    then: "waiting health-unknown",
  },
];

const shared = {
  environment: { ...accepting, healthUnknownSucceeds: false, scope: "environment" },
} as const;
const whole: readonly Row[] = [
  {
    says: "of all of the environment has what applied X and failed its check hold",
    given: { ...shared, clusters: [running([unhealthyCheck({})])] },
    then: "waiting health",
    text: /not ready/,
  },
  {
    says: "and passes where all of it is ready",
    given: { ...shared, clusters: [running([kustomization()])] },
    then: "succeeded",
  },
];

const vouching = (facts: Parameters<typeof kustomization>[0], health: typeof healthy) =>
  running([kustomization(facts)], health);
const check = { kind: "Deployment", apiVersion: "apps/v1", name: "api", namespace: "shop" };
const forbidden = { state: "forbidden" } as const;
const vouched: readonly Row[] = [
  {
    says: "of a Kustomization that waits counts where the object may not be read",
    given: { clusters: [vouching({ spec: { wait: true } }, forbidden)] },
    then: "succeeded",
  },
  {
    says: "of one that does not wait does not",
    given: { clusters: [vouching({ spec: { wait: false } }, forbidden)] },
    then: "waiting health-unknown",
  },
  {
    says: "of one that checks it counts",
    given: { clusters: [vouching({ spec: { healthChecks: [check] } }, forbidden)] },
    then: "succeeded",
  },
  {
    says: "of one that checks its neighbour does not",
    given: {
      clusters: [vouching({ spec: { healthChecks: [{ ...check, name: "web" }] } }, forbidden)],
    },
    then: "waiting health-unknown",
  },
  {
    says: "of one that is not ready does not",
    given: {
      clusters: [
        vouching(
          { spec: { wait: true }, ready: { status: "Unknown", reason: "Progressing" } },
          forbidden,
        ),
      ],
    },
    then: "waiting health-unknown",
  },
];

const origin = (artifact: string, url = "oci://r.io/charts/api") => {
  const object = parseFluxObject({
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "OCIRepository" },
    metadata: { name: "origin", namespace: "shop", generation: 1 },
    spec: { url },
    status: {
      ...{ observedGeneration: 1, artifact: { revision: artifact } },
      conditions: [{ type: "Ready", status: "True", reason: "Succeeded" }],
    },
  });
  if (!object) throw new Error("no Flux object");
  return object;
};
const took = (artifact: string, status: object): Partial<GateInput> => {
  const kind = "OCIRepository";
  const of = { group: "source.toolkit.fluxcd.io", version: "v1", kind, namespace: "shop" };
  const inventory = [
    `shop_origin_source.toolkit.fluxcd.io_${kind}`,
    "shop_api_helm.toolkit.fluxcd.io_HelmRelease",
  ];
  const release = helmRelease({
    spec: { chartRef: { kind, name: "origin" } },
    status: { ...status },
  });
  return {
    changed: [{ path: "dev/o.yaml", removed: false, identities: [{ ...of, name: "origin" }] }],
    clusters: [
      cluster({
        flux: [source(), kustomization({ inventory }), origin(artifact), release],
        health: { [`${kind}.source.toolkit.fluxcd.io/shop/origin`]: healthy },
      }),
    ],
  };
};
const digest = "0123456789abcdef".repeat(4);
const artifact = `1.2.4@sha256:${digest}`;
const digests = [
  ["its first letters", { lastAttemptedRevision: `1.2.4+${digest.slice(0, 12)}` }, true],
  ["its last letters", { lastAttemptedRevision: `1.2.4+${digest.slice(-12)}` }, false],
  ["no letters", { lastAttemptedRevision: "1.2.4+" }, false],
  ["its version alone", { lastAttemptedRevision: "1.2.4" }, false],
  ["nothing", { lastAttemptedRevision: undefined }, false],
  ["the whole of it", { lastAttemptedRevisionDigest: `sha256:${digest}` }, true],
  ["the digest without its kind", { lastAttemptedRevisionDigest: digest }, false],
  [
    "another digest, with the right letters in the version",
    {
      lastAttemptedRevision: `1.2.4+${digest.slice(0, 12)}`,
      lastAttemptedRevisionDigest: `sha256:${"f".repeat(64)}`,
    },
    false,
  ],
] as const;

describeRows("applied, and not", applied);
describeRows("an environment that takes unknown health", unknown);
describeRows("the scope", whole);
describeRows("Flux' own word", vouched);
describeRows(
  "an artefact that a release has taken",
  digests.map(([what, status, ok]) => ({
    says: `by ${what} ${ok ? "counts" : "does not count"}`,
    given: took(artifact, status),
    then: ok ? "succeeded" : "waiting applied",
  })),
);

describe("decide(): a Job that was seen complete", () => {
  const given = (group: string, kind: string, health: typeof healthy) =>
    input({
      changed: [
        { path: "dev/m.yaml", removed: false, identities: [{ ...api, group, kind, name: "m" }] },
      ],
      clusters: [
        cluster({
          flux: [source(), kustomization({ inventory: [`shop_m_${group}_${kind}`] })],
          health: { [`${kind}.${group}/shop/m`]: health },
        }),
      ],
    });

  for (const [group, kind, then] of [
    ["batch", "Job", "succeeded"],
    ["batch.volcano.sh", "Job", "waiting health"],
    ["batch", "Cron", "waiting health"],
  ] as const) {
    it(`and is gone is done only where its TTL may have removed it: ${kind} of ${group}`, () => {
      const seen = decide({ ...given(group, kind, healthy), fresh: false }, now);
      const gone = { ...given(group, kind, { state: "missing" }), memory: seen.memory };
      assert.equal(kindOf(decide(gone, now + 1)), then);
    });
  }
});
