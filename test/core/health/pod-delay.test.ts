import assert from "node:assert/strict";
import { podDelay } from "../../../core/health/pod-delay.ts";
import { workloadHealth } from "../../../core/health/workload-health.ts";

const pod = (status: object) => ({ metadata: { name: "api-1" }, status });
const unbound = "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.";
const scheduled = (message: string) => ({
  conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }],
});
const terminated = (more: object) => ({ state: { terminated: { exitCode: 3, ...more } } });

describe("what holds a pod back", () => {
  for (const [what, status, said] of [
    ["the scheduler's own words", scheduled(unbound), `pod api-1 is not scheduled: ${unbound}`],
    [
      "an init container's exit code",
      { initContainerStatuses: [{ name: "migrate", ...terminated({ reason: "Error" }) }] },
      "pod api-1, init container migrate ended with exit code 3",
    ],
    [
      "what the kernel did",
      {
        containerStatuses: [
          { name: "main", lastState: { terminated: { exitCode: 137, reason: "OOMKilled" } } },
        ],
      },
      "pod api-1, container main is not ready, and before ended with exit code 137 (OOMKilled)",
    ],
    [
      "an init container that still runs",
      { initContainerStatuses: [{ name: "migrate", state: { running: { startedAt: "x" } } }] },
      "pod api-1, init container migrate still runs",
    ],
    [
      "nothing of a sidecar that runs",
      {
        initContainerStatuses: [
          { name: "proxy", started: true, state: { running: { startedAt: "x" } } },
        ],
      },
      undefined,
    ],
    [
      "nothing of one that is up",
      { containerStatuses: [{ name: "main", ready: true }] },
      undefined,
    ],
  ] as const) {
    it(`is ${what}`, () => assert.equal(podDelay(pod(status)), said));
  }
});

describe("a workload that is not there yet", () => {
  const workload = (status: object) => ({
    ...{ apiVersion: "apps/v1", kind: "Deployment" },
    metadata: { name: "api", namespace: "shop", generation: 1 },
    spec: { replicas: 1 },
    status: { observedGeneration: 1, ...status },
  });
  const causeOf = (health: ReturnType<typeof workloadHealth>) =>
    `${health.state}: ${"cause" in health ? health.cause : ""}`;

  it("says what holds its pod back, and goes on waiting", () => {
    const health = workloadHealth(workload({}), {
      ...{ replicaSets: [], pods: [pod(scheduled(unbound))] },
    });
    assert.equal(
      causeOf(health),
      `in-progress: 0 of 1 pods made; pod api-1 is not scheduled: ${unbound}`,
    );
  });

  it("says why no pod of it is made", () => {
    const message = 'pods "api-1" is forbidden: exceeded quota: compute';
    const conditions = [
      { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message },
    ];
    const health = workloadHealth(workload({ conditions }), { replicaSets: [], pods: [] });
    assert.equal(causeOf(health), `in-progress: 0 of 1 pods made; FailedCreate: ${message}`);
  });
});
