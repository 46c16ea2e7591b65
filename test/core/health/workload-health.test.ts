import assert from "node:assert/strict";
import { workloadHealth } from "../../../core/health/workload-health.ts";

const annotations = { "deployment.kubernetes.io/revision": "2" };
const workload = {
  ...{ apiVersion: "apps/v1", kind: "Deployment" },
  metadata: { name: "api", namespace: "shop", generation: 2, annotations },
  spec: { replicas: 1 },
  status: { observedGeneration: 2, replicas: 2, updatedReplicas: 1, unavailableReplicas: 1 },
};
const replicaSets = [
  { metadata: { uid: "old", annotations: { "deployment.kubernetes.io/revision": "1" } } },
  { metadata: { uid: "new", annotations } },
];

function pod(owner: string, container: object, more: object = {}) {
  return {
    metadata: { name: `api-${owner}`, ownerReferences: [{ uid: owner }], ...more },
    spec: { containers: [{ name: "main", image: "r.io/api:broken-1" }] },
    status: { containerStatuses: [{ name: "main", image: "sha256:1", ...container }] },
  };
}
const waiting = (reason: string, message = "") => ({ state: { waiting: { reason, message } } });
const pulling = waiting("ImagePullBackOff");

describe("workloadHealth()", () => {
  it("names the pod, the container, the reason and the image as it was written", () => {
    const health = workloadHealth(workload, { replicaSets, pods: [pod("new", pulling)] });
    assert.deepEqual(health, {
      state: "failed",
      reason: "ImagePullBackOff",
      cause: "pod api-new, container main: ImagePullBackOff of image r.io/api:broken-1",
    });
  });

  it("says how often a container crashed, and with what", () => {
    const crashing = {
      ...waiting("CrashLoopBackOff"),
      ...{ restartCount: 4, lastState: { terminated: { exitCode: 3 } } },
    };
    const health = workloadHealth(workload, { replicaSets, pods: [pod("new", crashing)] });
    assert.ok(health.state === "failed");
    assert.match(health.cause, /CrashLoopBackOff of image .* \(4 restarts, exit code 3\)$/);
  });

  it("looks at init containers first", () => {
    const both = pod("new", pulling);
    const status = {
      ...both.status,
      initContainerStatuses: [{ name: "init", ...waiting("CreateContainerConfigError", "no key") }],
    };
    const health = workloadHealth(workload, { replicaSets, pods: [{ ...both, status }] });
    assert.ok(health.state === "failed");
    assert.equal(health.cause, "pod api-new, container init: CreateContainerConfigError: no key");
  });

  for (const [says, pods] of [
    ["a pod of the ReplicaSet before", [pod("old", pulling)]],
    ["a pod that is being deleted", [pod("new", pulling, { deletionTimestamp: "2026" })]],
    ["a pod that is being made", [pod("new", waiting("ContainerCreating"))]],
  ] as const) {
    it(`is not failed by ${says}`, () => {
      assert.equal(workloadHealth(workload, { replicaSets, pods }).state, "in-progress");
    });
  }

  it("is its own where it is current, whatever a pod says", () => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "a" }, spec: {} };
    const pods = [pod("new", pulling)];
    assert.equal(workloadHealth(service, { replicaSets: [], pods }).state, "current");
  });

  it("knows the newest pods of a StatefulSet and a DaemonSet by their labels", () => {
    const revision = (name: string) =>
      pod("x", pulling, { labels: { "controller-revision-hash": name } });
    const set = {
      ...{ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "db" } },
      ...{ spec: { replicas: 2 }, status: { observedGeneration: 1, updateRevision: "db-2" } },
    };
    const health = (pods: readonly unknown[], of: object = set) =>
      workloadHealth(of, { replicaSets: [], pods }).state;
    assert.equal(health([revision("db-1")]), "in-progress");
    assert.equal(health([revision("db-2")]), "failed");
    const generation = (name: string) =>
      pod("x", pulling, { labels: { "pod-template-generation": name } });
    const daemons = {
      ...{ apiVersion: "apps/v1", kind: "DaemonSet" },
      metadata: { name: "d", annotations: { "deprecated.daemonset.template.generation": "2" } },
      status: { observedGeneration: 1, desiredNumberScheduled: 1 },
    };
    assert.equal(health([generation("1")], daemons), "in-progress");
    assert.equal(health([generation("2")], daemons), "failed");
  });
});
