import assert from "node:assert/strict";
import { knownKind, knownKinds } from "../../../core/health/known/known-kinds.ts";
import { healthByExpressions } from "../../../core/health/expressions.ts";
import { objectHealth } from "../../../core/health/object-health.ts";
import { isPassive } from "../../../core/health/passive-kinds.ts";

type Row = readonly [says: string, type: string, status: object | undefined, then: string];

const generation = 2;
const of = (type: string, status: object | undefined, spec: object = { instances: 2 }) => {
  const [kind = "", ...group] = type.split(".");
  const metadata = { name: "a", namespace: "b", generation };
  return {
    ...{ apiVersion: `${group.join(".")}/v1`, kind, metadata, spec },
    ...(status === undefined ? {} : { status }),
  };
};
const conditions = (...all: readonly string[]) => ({
  conditions: all.map((each) => {
    const [type, status, reason = ""] = each.split(" ");
    return { type, status, reason, message: "", observedGeneration: generation };
  }),
});
const parents = (...all: readonly string[]) => ({ parents: [conditions(...all)] });
const seen = { observedGeneration: "2" };
const gateway = "Gateway.gateway.networking.k8s.io";
const route = "HTTPRoute.gateway.networking.k8s.io";
const twoGateways = { parentRefs: [{ name: "inner" }, { name: "outer" }] };
const rollout = "Rollout.argoproj.io";
const bucket = "Bucket.s3.aws.upbound.io";
const cluster = "Cluster.postgresql.cnpg.io";

const repository = "GitRepository.source.toolkit.fluxcd.io";

const rows: readonly Row[] = [
  ["a source whose branch is not there", repository, conditions("Ready False"), "in-progress"],
  ["one that was just made", repository, undefined, "in-progress"],
  ["one that was fetched", repository, conditions("Ready True"), "current"],
  [
    "a resource that is done and not ready",
    cluster.replace("Cluster", "Backup"),
    { phase: "completed", ...conditions("Ready False") },
    "in-progress",
  ],
  ["a Rollout that was just made", rollout, undefined, "in-progress"],
  ["one that is healthy", rollout, { ...seen, phase: "Healthy" }, "current"],
  ["one that was", rollout, { observedGeneration: "1", phase: "Healthy" }, "in-progress"],
  ["one that waits for a person", rollout, { ...seen, phase: "Paused" }, "in-progress"],
  ["one that is degraded", rollout, { ...seen, phase: "Degraded" }, "failed"],
  [
    "a gateway that is not programmed",
    gateway,
    conditions("Accepted True", "Programmed False Pending"),
    "in-progress",
  ],
  ["one that is", gateway, conditions("Accepted True", "Programmed True"), "current"],
  [
    "one that is invalid",
    gateway,
    conditions("Accepted True", "Programmed False Invalid"),
    "failed",
  ],
  ["one that nobody accepts", gateway, conditions("Accepted False NotReconciled"), "failed"],
  ["a route that no gateway has looked at", route, {}, "in-progress"],
  ["nor any of its parents", route, { parents: [] }, "in-progress"],
  ["one that is accepted", route, parents("Accepted True", "ResolvedRefs True"), "current"],
  [
    "one whose backend is not there",
    route,
    parents("Accepted True", "ResolvedRefs False"),
    "failed",
  ],
  [
    "one that the first of two gateways accepts",
    route,
    {
      parents: [
        { parentRef: { name: "inner" }, ...conditions("Accepted True", "ResolvedRefs True") },
      ],
    },
    "in-progress",
  ],
  [
    "one whose gateway never says of which generation",
    route,
    {
      parents: [
        {
          conditions: [
            { type: "Accepted", status: "True" },
            { type: "ResolvedRefs", status: "True" },
          ],
        },
      ],
    },
    "current",
  ],
  [
    "one that was accepted as it was before",
    route,
    { parents: [{ conditions: [{ type: "Accepted", status: "True", observedGeneration: 1 }] }] },
    "in-progress",
  ],
  [
    "an API whose server is away",
    "APIService.apiregistration.k8s.io",
    conditions("Available False"),
    "failed",
  ],
  [
    "an API that is served",
    "APIService.apiregistration.k8s.io",
    conditions("Available True"),
    "current",
  ],
  [
    "a certificate that is issued",
    "Certificate.cert-manager.io",
    conditions("Ready True"),
    "current",
  ],
  [
    "one that was issued as it was before",
    "Certificate.cert-manager.io",
    { conditions: [{ type: "Ready", status: "True", observedGeneration: 1 }] },
    "in-progress",
  ],
  [
    "one on its way",
    "Certificate.cert-manager.io",
    conditions("Ready False", "Issuing True"),
    "in-progress",
  ],
  [
    "one that was refused",
    "Certificate.cert-manager.io",
    conditions("Ready False", "Issuing False Failed"),
    "failed",
  ],
  [
    "a secret that cannot be fetched",
    "ExternalSecret.external-secrets.io",
    conditions("Ready False SecretSyncedError"),
    "failed",
  ],
  ["one that nobody has fetched", "ExternalSecret.external-secrets.io", undefined, "in-progress"],
  [
    "one that was fetched as it was before",
    "ExternalSecret.external-secrets.io",
    { syncedResourceVersion: "1-abc", ...conditions("Ready True") },
    "in-progress",
  ],
  [
    "one that was fetched as it is now",
    "ExternalSecret.external-secrets.io",
    { syncedResourceVersion: "2-abc", ...conditions("Ready True") },
    "current",
  ],
  [
    "a secret that cannot be unsealed",
    "SealedSecret.bitnami.com",
    conditions("Synced False"),
    "failed",
  ],
  ["a bucket of a cloud", bucket, conditions("Synced True", "Ready True"), "current"],
  [
    "one that is being made",
    bucket,
    conditions("Synced True", "Ready False Creating"),
    "in-progress",
  ],
  [
    "one that the cloud refuses",
    bucket,
    conditions("Synced False ReconcileError", "Ready False"),
    "failed",
  ],
  [
    "a database with one of two",
    cluster,
    { phase: "Waiting for the instances", ...conditions("Ready False") },
    "in-progress",
  ],
  [
    "a database",
    cluster,
    { phase: "Cluster in healthy state", ...conditions("Ready True") },
    "current",
  ],
  ["a pooler with one of two", "Pooler.postgresql.cnpg.io", { instances: 1 }, "in-progress"],
  [
    "a topic that is not ready",
    "KafkaTopic.kafka.strimzi.io",
    conditions("NotReady True"),
    "failed",
  ],
  [
    "a Prometheus that is not available",
    "Prometheus.monitoring.coreos.com",
    conditions("Available False", "Reconciled True"),
    "in-progress",
  ],
  ["a monitor without a status", "ServiceMonitor.monitoring.coreos.com", undefined, "current"],
  ["a service of Knative", "Service.serving.knative.dev", conditions("Ready True"), "current"],
  ["one without endpoints", "Service.serving.knative.dev", conditions("Ready False"), "failed"],
  ["a scaler", "ScaledObject.keda.sh", conditions("Ready True", "Active False"), "current"],
  ["a policy", "ClusterPolicy.kyverno.io", conditions("Ready True"), "current"],
  [
    "a policy of the newer kind",
    "ValidatingPolicy.policies.kyverno.io",
    { conditionStatus: { ready: false } },
    "failed",
  ],
  ["a virtual service", "VirtualService.networking.istio.io", undefined, "current"],
  [
    "a network policy that is invalid",
    "CiliumNetworkPolicy.cilium.io",
    conditions("Valid False"),
    "failed",
  ],
];

describe("known custom resources", () => {
  for (const [says, type, status, then] of rows) {
    it(`${says} (${type.split(".")[0] ?? ""}): ${then}`, () => {
      const spec = /two gateways/.test(says) ? twoGateways : undefined;
      const health = objectHealth(of(type, status, spec));
      assert.equal(health.state, then, JSON.stringify(health));
    });
  }

  it("have one row each, with expressions that can be read and a source", () => {
    const types = knownKinds.map(({ type }) => type);
    assert.deepEqual(
      types.filter((type, index) => types.indexOf(type) !== index),
      [],
    );
    for (const known of knownKinds) {
      assert.match(known.source, /^https:\/\//, known.type);
      const status = { phase: "?", ...conditions("Other True"), ...parents("Other True") };
      const more = { conditionStatus: {}, error: {} };
      assert.doesNotThrow(() => healthByExpressions(of(known.type, { ...status, ...more }), known));
    }
  });

  it("say why: the phase, or the condition that speaks", () => {
    const health = objectHealth(of(rollout, { ...seen, phase: "Degraded", message: "timed out" }));
    assert.deepEqual(health, { state: "failed", reason: "Degraded", cause: "Degraded, timed out" });
  });

  it("of a gateway say why a route is refused, in the gateway's words", () => {
    const refused = {
      type: "ResolvedRefs",
      status: "False",
      reason: "BackendNotFound",
      message: "",
    };
    const health = objectHealth(of(route, { parents: [{ conditions: [refused] }] }));
    assert.deepEqual(health, {
      ...{ state: "failed", reason: "ResolvedRefs" },
      cause: "ResolvedRefs False, BackendNotFound",
    });
  });

  it("are found by kind, by group and by domain, the nearest first", () => {
    const found = (group: string, kind: string) => knownKind({ group, kind })?.type;
    assert.equal(found("pkg.crossplane.io", "Provider"), "Provider.pkg.crossplane.io");
    assert.equal(found("aws.upbound.io", "ProviderConfig"), "ProviderConfig.*.upbound.io");
    assert.equal(found("ec2.aws.upbound.io", "VPC"), "*.*.upbound.io");
    assert.equal(found("example.com", "Rollout"), undefined);
    assert.equal(found("upbound.io.example.com", "VPC"), undefined);
  });

  it("need no look where presence is all there is to know", () => {
    const passive = (group: string, kind: string) => isPassive({ group, kind });
    assert.ok(!passive("source.toolkit.fluxcd.io", "OCIRepository"));
    assert.ok(passive("networking.k8s.io", "IngressClass"));
    assert.ok(passive("", "PersistentVolume"));
    assert.ok(passive("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"));
    assert.ok(!passive("cilium.io", "CiliumNetworkPolicy"));
    assert.ok(!passive("apiregistration.k8s.io", "APIService"));
    assert.ok(!passive("apps", "Deployment"));
    assert.ok(!passive("example.com", "ConfigMap"));
  });
});

describe("an ExternalSecret that is not synced", () => {
  it("says why in its controller's words", () => {
    const message =
      "could not get secret data from provider: keyvault secret db-password not found";
    const health = objectHealth({
      ...{ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", metadata: { name: "db" } },
      status: {
        conditions: [{ type: "Ready", status: "False", reason: "SecretSyncedError", message }],
      },
    });
    assert.equal(health.state, "failed");
    assert.match(
      "cause" in health ? health.cause : "",
      /SecretSyncedError: .*db-password not found/,
    );
  });
});
