import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { parse } from "yaml";
import { createMetrics } from "../../connector/metrics.ts";
import { ensureTools } from "../../scripts/tools.ts";

const run = promisify(execFile);

type Alert = { readonly expr: string; readonly annotations: { readonly summary: string } };
type PrometheusRule = {
  readonly spec: { readonly groups: readonly { readonly rules: readonly Alert[] }[] };
};

describe("the chart's alerts", function () {
  this.timeout(60_000);
  let alerts: readonly Alert[];
  before(async () => {
    const { helm } = await ensureTools();
    const config = {
      mode: "statuses",
      azureDevOps: { organisationUrl: "https://dev.azure.com/fabrikam" },
      repositories: [{ name: "manifests", project: "shop", repository: "shop-manifests" }],
      clusters: [{ name: "local" }],
      environments: [{ name: "dev", repository: "manifests", clusters: [{ name: "local" }] }],
    };
    const { stdout } = await run(helm, [
      ...["template", "fluxgate", "connector/chart", "--show-only", "templates/monitoring.yaml"],
      ...["--set", "prometheusRule.enabled=true", "--set", "token.existingSecret=token"],
      ...["--set-json", `config=${JSON.stringify(config)}`],
    ]);
    const { groups } = (parse(stdout) as PrometheusRule).spec;
    alerts = groups.flatMap(({ rules }) => rules);
  });

  it("ask for metrics that the connector has", async () => {
    const metrics = await createMetrics().registry.getMetricsAsJSON();
    const known = new Set(metrics.map(({ name }) => name));
    const asked = alerts.flatMap(({ expr }) => expr.match(/fluxgate_[a-z_]+/g) ?? []);
    assert.ok(asked.length >= alerts.length, asked.join(" "));
    assert.deepEqual(
      asked.filter((name) => !known.has(name)),
      [],
    );
    for (const { annotations } of alerts) assert.doesNotMatch(annotations.summary, /\{\{ "/);
  });

  it("name only what the expression leaves of the metric's labels", () => {
    const labels = new Map(
      createMetrics()
        .registry.getMetricsAsArray()
        .map((metric) => [
          metric.name,
          new Set((metric as { readonly labelNames?: readonly string[] }).labelNames),
        ]),
    );
    const lost = alerts.flatMap(({ expr, annotations: { summary } }) => {
      const kept = /\bby \(([^)]*)\)/.exec(expr)?.[1]?.split(", ") ?? [];
      const of = labels.get(/fluxgate_[a-z_]+/.exec(expr)?.[0] ?? "");
      const said = [...summary.matchAll(/\$labels\.(\w+)/g)].map(([, name = ""]) => name);
      return [...kept, ...said].filter((name) => !kept.includes(name) || of?.has(name) !== true);
    });
    assert.deepEqual(lost, []);
  });

  it("tell of silent clusters and of their silent connectors, each by its name", () => {
    const silent = alerts.filter(({ expr }) => /_silent\{/.test(expr));
    assert.equal(silent.length, 2);
    for (const { annotations } of silent) assert.match(annotations.summary, /\$labels\.cluster/);
  });

  it("fire on what fails for good, although it is asked more and more seldom", () => {
    const failing = alerts.flatMap(({ expr }) => {
      const [, minutes, least] = /increase\(.*\[(\d+)m\]\)\) > (\d+)$/.exec(expr) ?? [];
      return minutes === undefined ? [] : [{ minutes: Number(minutes), least: Number(least) }];
    });
    assert.equal(failing.length, 2);
    // The longest pause of the queue: one key that fails is looked at once a minute.
    for (const { minutes, least } of failing) assert.ok(minutes - 2 > least, `${least}`);
    assert.ok(!alerts.some(({ expr }) => /rate\(.* > 0\.0\d/.test(expr)));
  });
});
