import assert from "node:assert/strict";
import { isNamed, namedObjects } from "../../../core/flux/named-objects.ts";

const rows: readonly (readonly [message: string, objects: readonly string[]])[] = [
  [
    "timeout waiting for: [Deployment/apps/podinfo status: 'InProgress', Job/apps/seed status: 'Failed']",
    ["Deployment/apps/podinfo", "Job/apps/seed"],
  ],
  ["Namespace/apps dry-run failed (Invalid): …", ["Namespace//apps"]],
  ["ClusterRole/system:reader apply failed: forbidden", ["ClusterRole//system:reader"]],
  ['Deployment.apps "web" is invalid: spec.selector: field is immutable', ["Deployment//web"]],
  ['deployments.apps "web" is forbidden: User cannot patch', ["deployment//web"]],
  ['ingresses.networking.k8s.io "front" already exists', ["ingress//front"]],
  ['namespaces "shop" not found', ["namespace//shop"]],
  ["see Deployment/apps/web...: it waits", ["Deployment/apps/web"]],
  ['StorageClasses "fast" not found', ["StorageClasses//fast"]],
  ['storageclasses.storage.k8s.io "fast" not found', ["storageclass//fast"]],
  ['essences "x" not found', ["essence//x"]],
  ["Reconciliation finished in 1.2s, next run in 10m0s", []],
  ["kustomization path not found: stat /tmp/kustomization-1/dev: no such file", []],
];

describe("namedObjects()", () => {
  for (const [message, objects] of rows) {
    it(`finds ${objects.length === 0 ? "nothing" : objects.join(", ")} in "${message}"`, () => {
      const found = namedObjects(message).map(
        ({ kind, namespace = "", name }) => `${kind}/${namespace}/${name}`,
      );
      assert.deepEqual(found, objects);
    });
  }

  it("does not choke on a hostile message", () => {
    const started = process.cpuUsage();
    namedObjects("A/".repeat(20_000) + 'a "'.repeat(10_000));
    assert.ok(process.cpuUsage(started).user < 2_000_000, "less than two seconds");
  });
});

describe("isNamed()", () => {
  const web = { kind: "Deployment", namespace: "shop", name: "web" };

  it("compares kinds without case, and namespaces where both are there", () => {
    assert.ok(isNamed({ kind: "deployment", name: "web" }, web));
    assert.ok(isNamed({ kind: "Deployment", namespace: "shop", name: "web" }, web));
    assert.ok(!isNamed({ kind: "Deployment", namespace: "other", name: "web" }, web));
    assert.ok(!isNamed({ kind: "Service", name: "web" }, web));
    assert.ok(!isNamed({ kind: "Deployment", name: "Web" }, web));
  });
});
