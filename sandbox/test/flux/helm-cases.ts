import assert from "node:assert/strict";
import { stringify } from "yaml";
import {
  condition,
  configMapAt,
  deploymentAt,
  findCondition,
  fluxNamespace,
  gitRepository,
  readyReason,
  shownConditions,
} from "./flux-objects.ts";
import type { Seen, World } from "./flux-world.ts";
import {
  chartFiles,
  helmChartAt,
  helmRelease,
  helmReleaseAt,
  release,
  shownHistory,
} from "./helm-objects.ts";

export function helmCases(world: () => World): void {
  const until = (name: string, holds: (object: Seen) => boolean) =>
    world().until(helmReleaseAt(name), holds);
  const settled = (reason: string) => (one: Seen) =>
    readyReason(reason)(one) &&
    one.status.observedGeneration === one.metadata.generation &&
    findCondition(one, "Reconciling") === undefined;

  it("installs a chart from git and says which chart, values and objects", async () => {
    const commit = await release(world(), "hr-plain", { values: { tag: "2", n: 1.5 } });
    const seen = await until("hr-plain", settled("InstallSucceeded"));
    assert.deepEqual(shownConditions(seen), [
      "Ready=True InstallSucceeded",
      "Released=True InstallSucceeded",
    ]);
    const message = "Helm install succeeded for release default/hr-plain.v1 with chart app@1.0.0";
    assert.equal(condition(seen, "Ready").message, message);
    const { status } = seen;
    assert.equal(status.helmChart, `${fluxNamespace}/${fluxNamespace}-hr-plain`);
    assert.equal(status.lastAttemptedRevision, "1.0.0");
    // Of the text `"n": 1.5\ntag: "2"\n`: n alone would be a boolean of YAML 1.1.
    const digest = "sha256:8bb7de89d085733a897d6c90eeae263d9f55f5eac5e4fc2e0909715f869f1768";
    assert.equal(status.lastAttemptedConfigDigest, digest);
    assert.deepEqual(status.inventory?.entries, [
      { id: "default_hr-plain-settings__ConfigMap", v: "v1" },
      { id: "default_hr-plain_apps_Deployment", v: "v1" },
    ]);
    const [first] = status.history ?? [];
    assert.deepEqual(
      [first?.version, first?.status, first?.action, first?.chartName, first?.appVersion],
      [1, "deployed", "install", "app", "3"],
    );
    assert.equal(first?.configDigest, digest);
    const map = await world().get(configMapAt("default", "hr-plain-settings"));
    assert.equal(map?.metadata.labels["app.kubernetes.io/managed-by"], "Helm");
    assert.equal(map.metadata.labels["helm.toolkit.fluxcd.io/name"], "hr-plain");
    const chart = await world().until(helmChartAt("hr-plain"), () => true);
    assert.equal(chart.status.observedSourceArtifactRevision, `hr-plain@sha1:${commit}`);
    assert.equal(chart.status.artifact?.revision, "1.0.0");
    assert.equal(condition(chart, "Ready").message, "packaged 'app' chart with version '1.0.0'");
  });

  it("upgrades to a new version, and not to a change under the old one", async () => {
    await release(world(), "hr-next");
    await until("hr-next", settled("InstallSucceeded"));
    const greeting = { "settings.yaml": chartFiles()["chart/templates/settings.yaml"] ?? "" };
    const changed = greeting["settings.yaml"].replace("greeting:", "salute:");
    const same = await world().push("hr-next", chartFiles("1.0.0", { "settings.yaml": changed }));
    const chart = await world().until(helmChartAt("hr-next"), ({ status }) =>
      Boolean(status.observedSourceArtifactRevision?.endsWith(same)),
    );
    assert.equal(chart.status.artifact?.revision, "1.0.0");
    const before = await world().get(configMapAt("default", "hr-next-settings"));
    assert.deepEqual(before?.data, { greeting: "hello" });

    await world().push("hr-next", chartFiles("1.1.0", { "settings.yaml": changed }));
    const seen = await until("hr-next", settled("UpgradeSucceeded"));
    assert.deepEqual(shownHistory(seen), ["v2 deployed upgrade", "v1 superseded"]);
    assert.equal(seen.status.lastAttemptedRevision, "1.1.0");
    const after = await world().get(configMapAt("default", "hr-next-settings"));
    assert.deepEqual(after?.data, { salute: "hello" });
  });

  it("packs charts of the source that a chart depends on, and changes of them by its version", async () => {
    const depends = (name: string) => [{ name, version: "1.0.0", repository: `file://../${name}` }];
    const files = (version: string, a: string) => ({
      ...chartFiles(version),
      "chart/Chart.yaml": stringify({ name: "app", version, dependencies: depends("lib") }),
      // Of what such a chart depends on nothing is packed.
      "lib/Chart.yaml": stringify({ name: "lib", version: "1.0.0", dependencies: depends("base") }),
      "lib/templates/a.yaml": stringify({
        ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "hr-lib-lib" }, data: { a } },
      }),
    });
    await world().push("hr-lib", files("1.0.0", "one"));
    await world().apply(gitRepository(world(), "hr-lib"), helmRelease(world(), "hr-lib"));
    await until("hr-lib", settled("InstallSucceeded"));
    const data = async () => (await world().get(configMapAt("default", "hr-lib-lib")))?.data;
    assert.deepEqual(await data(), { a: "one" });
    const same = await world().push("hr-lib", files("1.0.0", "two"));
    await world().until(helmChartAt("hr-lib"), ({ status }) =>
      Boolean(status.observedSourceArtifactRevision?.endsWith(same)),
    );
    assert.deepEqual(await data(), { a: "one" });
    await world().push("hr-lib", files("1.1.0", "two"));
    await until("hr-lib", settled("UpgradeSucceeded"));
    assert.deepEqual(await data(), { a: "two" });
  });

  it("gives up an upgrade that does not become healthy, by default without going back", async () => {
    await release(world(), "hr-broken");
    await until("hr-broken", settled("InstallSucceeded"));
    await world().apply(helmRelease(world(), "hr-broken", { values: { tag: "broken-1" } }));
    const seen = await until("hr-broken", settled("UpgradeFailed"));
    assert.deepEqual(shownConditions(seen), [
      "Stalled=True RetriesExceeded",
      "Ready=False UpgradeFailed",
      "Released=False UpgradeFailed",
    ]);
    const cause = "timeout waiting for: [Deployment/default/hr-broken status: 'InProgress']";
    assert.equal(
      condition(seen, "Ready").message,
      `Helm upgrade failed for release default/hr-broken with chart app@1.0.0: ${cause}`,
    );
    assert.equal(condition(seen, "Stalled").message, "Failed to upgrade after 1 attempt(s)");
    assert.deepEqual(shownHistory(seen), ["v2 failed upgrade", "v1 deployed"]);
    assert.equal(seen.status.upgradeFailures, 1);

    await world().apply(helmRelease(world(), "hr-broken", { values: { tag: "2" } }));
    const healed = await until("hr-broken", settled("UpgradeSucceeded"));
    assert.equal(healed.status.failures, undefined);
    assert.equal(findCondition(healed, "Stalled"), undefined);
  });

  it("rolls back a failed upgrade where it is told to, and stalls after its retries", async () => {
    const upgrade = { remediation: { retries: 1 } };
    await release(world(), "hr-back", { upgrade });
    await until("hr-back", settled("InstallSucceeded"));
    await world().apply(helmRelease(world(), "hr-back", { upgrade, values: { tag: "broken-1" } }));
    // The conditions may come before the history that says the same.
    const first = await until(
      "hr-back",
      (one) => readyReason("RollbackSucceeded")(one) && one.status.history?.length === 3,
    );
    assert.equal(condition(first, "Ready").status, "False");
    assert.equal(
      condition(first, "Remediated").message,
      "Helm rollback to previous release default/hr-back.v1 with chart app@1.0.0 succeeded",
    );
    assert.equal(condition(first, "Reconciling").reason, "ProgressingWithRetry");
    assert.deepEqual(shownHistory(first), [
      "v3 deployed rollback",
      "v2 failed upgrade",
      "v1 superseded rollback",
    ]);
    const seen = await until("hr-back", (one) => findCondition(one, "Stalled") !== undefined);
    assert.equal(condition(seen, "Stalled").message, "Failed to upgrade after 2 attempt(s)");
    assert.deepEqual(shownConditions(seen), [
      "Stalled=True RetriesExceeded",
      "Ready=False RollbackSucceeded",
      "Released=False UpgradeFailed",
      "Remediated=True RollbackSucceeded",
    ]);
    const deployed = await world().get(deploymentAt("default", "hr-back"));
    assert.match(JSON.stringify(deployed), /shop\/app:1"/);
  });

  it("runs the chart's tests, and rolls back a release whose test fails", async () => {
    const more = {
      test: { enable: true },
      upgrade: { remediation: { retries: 0, remediateLastFailure: true } },
    };
    await release(world(), "hr-test", more);
    const tested = await until("hr-test", settled("TestSucceeded"));
    assert.equal(
      condition(tested, "TestSuccess").message,
      "Helm test succeeded for release default/hr-test.v1 with chart app@1.0.0: 1 test hook completed successfully",
    );
    assert.equal(tested.status.history?.[0]?.testHooks?.["hr-test-ping"]?.phase, "Succeeded");
    await world().apply(helmRelease(world(), "hr-test", { ...more, values: { pingTag: "crash" } }));
    const seen = await until("hr-test", (one) => findCondition(one, "Stalled") !== undefined);
    assert.deepEqual(shownConditions(seen), [
      "Stalled=True RetriesExceeded",
      "Ready=False RollbackSucceeded",
      "Released=True UpgradeSucceeded",
      "Remediated=True RollbackSucceeded",
      "TestSuccess=False TestFailed",
    ]);
    assert.equal(
      condition(seen, "TestSuccess").message,
      "Helm test failed for release default/hr-test.v2 with chart app@1.0.0: failed early due to stalled resources: [Pod/default/hr-test-ping status: 'Failed']",
    );
  });
}
