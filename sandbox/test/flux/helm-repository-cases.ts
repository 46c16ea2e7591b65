import assert from "node:assert/strict";
import { startChartRepository, type ChartRepository } from "../support/chart-repository.ts";
import { condition, fluxNamespace, readyReason, shownConditions } from "./flux-objects.ts";
import type { At, World } from "./flux-world.ts";
import { chartFiles, helmChartAt, helmRelease, helmReleaseAt } from "./helm-objects.ts";

export function helmRepositoryCases(world: () => World): void {
  let charts: ChartRepository;
  before(async () => {
    charts = await startChartRepository();
    for (const version of ["1.0.0", "1.1.0", "2.0.0"]) charts.add(version, chartFiles(version));
  });
  after(() => charts.close());

  const apiVersion = "source.toolkit.fluxcd.io/v1";
  const at = (name: string): At => ({
    ...{ apiVersion, kind: "HelmRepository", namespace: fluxNamespace, name },
  });
  const repository = (name: string, spec: object = {}) => ({
    ...{ apiVersion, kind: "HelmRepository", metadata: { name, namespace: fluxNamespace } },
    spec: { interval: "1s", url: charts.url, ...spec },
  });
  const releaseOf = (name: string, version: string) =>
    helmRelease(world(), name, {
      chart: {
        spec: {
          ...{ chart: "app", version, interval: "1s" },
          sourceRef: { kind: "HelmRepository", name },
        },
      },
    });

  it("stores its index, and a release runs the newest version that its range allows", async () => {
    await world().apply(repository("hrepo-range"), releaseOf("hrepo-range", "1.x"));
    const source = await world().until(at("hrepo-range"), readyReason("Succeeded"));
    const revision = source.status.artifact?.revision ?? "";
    assert.match(revision, /^sha256:[0-9a-f]{64}$/);
    assert.equal(condition(source, "Ready").message, `stored artifact: revision '${revision}'`);
    assert.deepEqual(shownConditions(source), [
      "Ready=True Succeeded",
      "ArtifactInStorage=True Succeeded",
    ]);
    const seen = await world().until(helmReleaseAt("hrepo-range"), readyReason("InstallSucceeded"));
    assert.equal(seen.status.lastAttemptedRevision, "1.1.0");
    const chart = await world().until(
      helmChartAt("hrepo-range"),
      readyReason("ChartPullSucceeded"),
    );
    assert.equal(condition(chart, "Ready").message, "pulled 'app' chart with version '1.1.0'");
    assert.equal(chart.status.observedSourceArtifactRevision, revision);
  });

  it("brings a newer version once its index has it", async () => {
    await world().apply(repository("hrepo-newer"), releaseOf("hrepo-newer", "2.x"));
    await world().until(helmReleaseAt("hrepo-newer"), readyReason("InstallSucceeded"));
    charts.add("2.1.0", chartFiles("2.1.0"));
    const seen = await world().until(helmReleaseAt("hrepo-newer"), readyReason("UpgradeSucceeded"));
    assert.equal(seen.status.lastAttemptedRevision, "2.1.0");
  });

  it("says of a chart that no version of it fits", async () => {
    await world().apply(repository("hrepo-none"), releaseOf("hrepo-none", "9.9.9"));
    const chart = await world().until(
      helmChartAt("hrepo-none"),
      readyReason("InvalidChartReference"),
    );
    assert.equal(
      condition(chart, "Ready").message,
      "invalid chart reference: failed to get chart version for remote reference: no 'app' chart with version matching '9.9.9' found",
    );
  });

  it("says that its index is not there", async () => {
    await world().apply(repository("hrepo-absent", { url: `${charts.url}/nowhere` }));
    const seen = await world().until(at("hrepo-absent"), readyReason("Failed"));
    assert.match(condition(seen, "Ready").message, /^failed to fetch Helm repository index: /);
    assert.equal(condition(seen, "FetchFailed").status, "True");
  });
}
