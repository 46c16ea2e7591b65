import assert from "node:assert/strict";
import {
  condition,
  configMap,
  configMapAt,
  deploymentAt,
  findCondition,
  fluxNamespace,
  gitRepository,
  readyReason,
} from "./flux-objects.ts";
import { parse } from "yaml";
import type { Seen, World } from "./flux-world.ts";
import { chartFiles, helmRelease, helmReleaseAt, release } from "./helm-objects.ts";

export function helmRefusalCases(world: () => World): void {
  const until = (name: string, holds: (object: Seen) => boolean) =>
    world().until(helmReleaseAt(name), holds);
  const ready = ({ status }: Seen) =>
    status.conditions?.find(({ type }) => type === "Ready")?.message ?? "";

  it("reads its values from ConfigMaps and Secrets, and looks again when it is asked", async () => {
    const values = (text: string) =>
      parse(configMap(fluxNamespace, "hr-values", { "values.yaml": text })) as object;
    await world().push("hr-values", chartFiles());
    await world().apply(
      values("greeting: from a map\ntag: '5'\n"),
      {
        ...{ apiVersion: "v1", kind: "Secret" },
        metadata: { name: "hr-values", namespace: fluxNamespace },
        stringData: { "more.yaml": "greeting: from a secret\n" },
      },
      gitRepository(world(), "hr-values"),
      helmRelease(world(), "hr-values", {
        values: { tag: "6" },
        valuesFrom: [
          { kind: "ConfigMap", name: "hr-values" },
          { kind: "Secret", name: "hr-values", valuesKey: "more.yaml" },
          { kind: "ConfigMap", name: "hr-absent", optional: true },
        ],
      }),
    );
    const first = await until("hr-values", readyReason("InstallSucceeded"));
    const map = await world().get(configMapAt("default", "hr-values-settings"));
    assert.deepEqual(map?.data, { greeting: "from a secret" });
    const deployed = await world().get(deploymentAt("default", "hr-values"));
    assert.match(JSON.stringify(deployed), /shop\/app:6"/);

    await world().apply(values("other: 1\n"));
    const requested = new Date().toISOString();
    await world().annotate(helmReleaseAt("hr-values"), {
      "reconcile.fluxcd.io/requestedAt": requested,
      "reconcile.fluxcd.io/resetAt": requested,
    });
    const next = await until(
      "hr-values",
      ({ status }) => status.lastHandledReconcileAt === requested,
    );
    assert.equal(condition(next, "Ready").reason, "UpgradeSucceeded");
    assert.equal(next.status.lastHandledResetAt, requested);
    assert.notEqual(next.status.lastAttemptedConfigDigest, first.status.lastAttemptedConfigDigest);
  });

  it("says that it has handled a reset only once it has read the values", async () => {
    await release(world(), "hr-reset", { valuesFrom: [{ kind: "ConfigMap", name: "hr-reset" }] });
    await until("hr-reset", readyReason("ValuesError"));
    const requested = new Date().toISOString();
    await world().annotate(helmReleaseAt("hr-reset"), {
      "reconcile.fluxcd.io/requestedAt": requested,
      "reconcile.fluxcd.io/resetAt": requested,
    });
    const seen = await until(
      "hr-reset",
      ({ status }) => status.lastHandledReconcileAt === requested,
    );
    assert.equal(seen.status.lastHandledResetAt, undefined);
  });

  it("says which values it does not find", async () => {
    await release(world(), "hr-valueless", { valuesFrom: [{ kind: "ConfigMap", name: "absent" }] });
    const seen = await until("hr-valueless", readyReason("ValuesError"));
    const what = `ConfigMap chart values reference '${fluxNamespace}/absent' with key 'values.yaml'`;
    assert.equal(ready(seen), `could not resolve ${what}: configmaps "absent" not found`);
    assert.equal(seen.status.observedGeneration, -1);
  });

  it("says that its chart is not there", async () => {
    await world().push("hr-chartless", { "README.md": "" });
    await world().apply(
      gitRepository(world(), "hr-chartless"),
      helmRelease(world(), "hr-chartless"),
    );
    const seen = await until("hr-chartless", (one) => ready(one).includes("no such file"));
    assert.equal(condition(seen, "Ready").reason, "SourceNotReady");
    assert.match(
      ready(seen),
      /^HelmChart 'flux-system\/flux-system-hr-chartless' is not ready: invalid chart reference: stat .*\/chart: no such file or directory$/,
    );
  });

  it("says that its source is not there", async () => {
    await world().apply(helmRelease(world(), "hr-sourceless"));
    const seen = await until("hr-sourceless", (one) => ready(one).includes("not found"));
    assert.equal(
      ready(seen),
      `HelmChart 'flux-system/flux-system-hr-sourceless' is not ready: failed to get source: GitRepository.source.toolkit.fluxcd.io "hr-sourceless" not found`,
    );
  });

  it("says what does not render, again and again", async () => {
    await release(world(), "hr-fails", { values: { wrong: "no such mode" } });
    const seen = await until("hr-fails", (one) => (one.status.failures ?? 0) > 1);
    assert.match(
      ready(seen),
      /^Helm install failed for release default\/hr-fails with chart app@1\.0\.0: execution error at \(app\/templates\/wrong\.yaml:1:\d+\): no such mode$/,
    );
    assert.equal(findCondition(seen, "Stalled"), undefined);
    assert.equal(seen.status.history, undefined);
  });

  it("is told that a selector may not change", async () => {
    await release(world(), "hr-no-change");
    await until("hr-no-change", readyReason("InstallSucceeded"));
    await world().apply(helmRelease(world(), "hr-no-change", { values: { app: "other" } }));
    const seen = await until("hr-no-change", readyReason("UpgradeFailed"));
    assert.equal(
      ready(seen),
      `Helm upgrade failed for release default/hr-no-change with chart app@1.0.0: server-side apply failed for object default/hr-no-change apps/v1, Kind=Deployment: Deployment.apps "hr-no-change" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable`,
    );
  });

  it("waits for what it depends on", async () => {
    await world().apply(helmRelease(world(), "hr-first", { suspend: true }));
    await release(world(), "hr-second", { dependsOn: [{ name: "hr-first" }] });
    const seen = await until("hr-second", readyReason("DependencyNotReady"));
    assert.equal(ready(seen), `dependency '${fluxNamespace}/hr-first' is not ready`);
  });

  it("puts back what somebody else has changed, and says so", async () => {
    await release(world(), "hr-drift", { interval: "2s", driftDetection: { mode: "enabled" } });
    const settled = await until(
      "hr-drift",
      (one) => findCondition(one, "Drifted")?.reason === "NoDriftDetected",
    );
    assert.equal(
      condition(settled, "Drifted").message,
      "No drift detected against the cluster state",
    );
    await world().remove(configMapAt("default", "hr-drift-settings"));
    await world().until(configMapAt("default", "hr-drift-settings"), () => true);
    const events = await world().list({
      apiVersion: "v1",
      kind: "Event",
      namespace: fluxNamespace,
    });
    const told = events
      .filter(
        ({ involvedObject: { name }, reason }) => name === "hr-drift" && reason.startsWith("Drift"),
      )
      .map(({ type, reason, message }) => `${type} ${reason} ${message}`);
    assert.deepEqual(told.sort(), [
      "Normal DriftCorrected Cluster state of release default/hr-drift.v1 has been corrected:\nConfigMap/default/hr-drift-settings created",
      "Warning DriftDetected Cluster state of release default/hr-drift.v1 has drifted from the desired state:\nConfigMap/default/hr-drift-settings removed",
    ]);
  });

  it("takes everything away when it is deleted", async () => {
    await release(world(), "hr-gone");
    await until("hr-gone", readyReason("InstallSucceeded"));
    await world().remove(helmReleaseAt("hr-gone"));
    await world().gone(helmReleaseAt("hr-gone"));
    await world().gone(configMapAt("default", "hr-gone-settings"));
  });
}
