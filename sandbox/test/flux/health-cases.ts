import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import type { Seen, World } from "./flux-world.ts";
import {
  appliedAt,
  condition,
  deployment,
  deploymentAt,
  gitRepository,
  kustomization,
  kustomizationAt,
  namespace,
  readyReason,
  shownConditions,
  findCondition,
} from "./flux-objects.ts";

export function healthCases(world: () => World): void {
  async function start(name: string, tag: string, spec: object = {}) {
    const commit = await world().push(name, files(name, tag));
    await world().apply(gitRepository(world(), name), kustomization(name, spec));
    return `${name}@sha1:${commit}`;
  }
  const files = (name: string, tag: string, spec: object = {}) => ({
    "deploy/ns.yaml": namespace(name),
    "deploy/api.yaml": deployment(name, { tag, spec }),
  });
  const waiting = async (namespaceName: string, reason: string): Promise<Seen> =>
    eventually(`a container that waits for ${reason}`, async () => {
      const pods = await world().list({ apiVersion: "v1", kind: "Pod", namespace: namespaceName });
      return pods.find(
        ({ status }: Seen) => status?.containerStatuses?.[0]?.state?.waiting?.reason === reason,
      );
    });

  it("rolls a Deployment out and says that it has minimum availability", async () => {
    const revision = await start("well", "1.0.0", { wait: true });
    const seen = await world().until(kustomizationAt("well"), appliedAt(revision));
    assert.deepEqual(shownConditions(seen), [
      "Ready=True ReconciliationSucceeded",
      "Healthy=True Succeeded",
    ]);
    assert.match(condition(seen, "Healthy").message, /^Health check passed in /);
    const { status } = await world().until(deploymentAt("well", "api"), () => true);
    assert.equal(status.availableReplicas, 1);
    assert.equal(condition({ status }, "Available").reason, "MinimumReplicasAvailable");
    assert.equal(condition({ status }, "Progressing").reason, "NewReplicaSetAvailable");
    const [pod] = await world().list({ apiVersion: "v1", kind: "Pod", namespace: "well" });
    assert.equal(pod?.status.phase, "Running");
    assert.ok(pod?.status.containerStatuses?.[0]?.state.running);
    assert.equal(pod?.metadata.ownerReferences[0]?.kind, "ReplicaSet");
  });

  it("keeps the old pod while the image of the new one cannot be pulled", async () => {
    const at = kustomizationAt("broken");
    await world().until(at, appliedAt(await start("broken", "1.0.0")));
    const commit = await world().push("broken", files("broken", "broken-2"));
    // Without wait or health checks, applied is all that Flux looks at.
    await world().until(at, appliedAt(`broken@sha1:${commit}`));
    const pod = await waiting("broken", "ImagePullBackOff");
    const message = pod.status.containerStatuses?.[0]?.state.waiting?.message ?? "";
    assert.match(message, /^Back-off pulling image "registry\.fabrikam\.com\/shop\/api:broken-2"/);
    assert.equal(pod?.status.phase, "Pending");
    const { status } = await world().until(
      deploymentAt("broken", "api"),
      (one) => one.status.unavailableReplicas === 1,
    );
    // Its reason is ReplicaSetUpdated or, where both came at once, still NewReplicaSetCreated.
    assert.equal(condition({ status }, "Progressing").status, "True");
    assert.deepEqual(
      [status.replicas, status.updatedReplicas, status.availableReplicas],
      [2, 1, 1],
    );
  });

  it("shows a container that ends again and again", async () => {
    await start("crash", "crash-1");
    const pod = await waiting("crash", "CrashLoopBackOff");
    const container = pod.status.containerStatuses?.[0];
    assert.equal(pod?.status.phase, "Running");
    assert.equal(container?.lastState.terminated?.exitCode, 1);
    assert.ok((container?.restartCount ?? 0) >= 1);
    assert.match(
      container?.state.waiting?.message ?? "",
      /^back-off \S+ restarting failed container=api pod=api-/,
    );
  });

  it("waits for a slow image", async () => {
    const begun = Date.now();
    const revision = await start("slow", "slow-1", { wait: true });
    await world().until(
      kustomizationAt("slow"),
      (one) => findCondition(one, "Healthy")?.reason === "Progressing",
    );
    await world().until(kustomizationAt("slow"), appliedAt(revision));
    assert.ok(Date.now() - begun >= 5000);
  });

  it("fails its health check when the timeout is over, and keeps the old revision", async () => {
    const at = kustomizationAt("unhealthy");
    const first = await start("unhealthy", "1.0.0", { wait: true, timeout: "6s" });
    await world().until(at, appliedAt(first));
    const commit = await world().push("unhealthy", files("unhealthy", "broken-1"));
    const seen = await world().until(at, readyReason("HealthCheckFailed"));
    assert.match(
      condition(seen, "Ready").message,
      /^health check failed after \S+s: timeout waiting for: \[Deployment\/unhealthy\/api status: 'InProgress'\]/,
    );
    assert.equal(seen.status.lastAppliedRevision, first);
    assert.equal(seen.status.lastAttemptedRevision, `unhealthy@sha1:${commit}`);
    assert.equal(condition(seen, "Healthy").status, "False");
    assert.equal(condition(seen, "Healthy").reason, "HealthCheckFailed");
    const healed = await world().push("unhealthy", files("unhealthy", "1.0.1"));
    await world().until(at, appliedAt(`unhealthy@sha1:${healed}`));
  });

  it("fails early when a Deployment exceeds its progress deadline", async () => {
    const at = kustomizationAt("stalled");
    await world().push("stalled", files("stalled", "broken-1", { progressDeadlineSeconds: 3 }));
    await world().apply(
      gitRepository(world(), "stalled"),
      kustomization("stalled", { wait: true, timeout: "60s" }),
    );
    const seen = await world().until(at, readyReason("HealthCheckFailed"));
    assert.match(
      condition(seen, "Ready").message,
      /failed early due to stalled resources: \[Deployment\/stalled\/api status: 'Failed'/,
    );
    const { status } = await world().until(deploymentAt("stalled", "api"), () => true);
    assert.equal(condition({ status }, "Progressing").reason, "ProgressDeadlineExceeded");
  });

  it("checks only what healthChecks name, without wait", async () => {
    const healthChecks = [
      { apiVersion: "apps/v1", kind: "Deployment", name: "api", namespace: "named" },
    ];
    const revision = await start("named", "1.0.0", { healthChecks });
    const seen = await world().until(kustomizationAt("named"), appliedAt(revision));
    assert.equal(condition(seen, "Healthy").status, "True");
  });
}
