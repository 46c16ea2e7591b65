import assert from "node:assert/strict";
import { notGating, planAt, plannedLines } from "../../../core/connector-config/cluster-plan.ts";
import { parseConfig } from "../../../core/connector-config/parse-config.ts";
import { InputError } from "../../../core/errors.ts";

const config = (cluster: string, more = "") =>
  parseConfig(
    `apiVersion: fluxgate.dev/v1
kind: ConnectorConfig
azureDevOps: { organisationUrl: https://dev.azure.com/fabrikam }
repositories: [{ name: manifests, project: shop, repository: shop-manifests }]
clusters: [{ name: west }, { name: east, kubeconfig: east }]
environments: [{ name: dev, repository: manifests, clusters: [{ name: west${cluster} }, { name: east }] }]
${more}`,
    "connector.yaml",
  );
const noon = new Date("2026-11-27T12:00:00Z"); // a Friday
const active = (cluster: string, at = noon) =>
  planAt(config(cluster), at).environments[0]?.clusters.map(({ active: is }) => is);

describe("the plan of an environment's clusters", () => {
  it("lets only active ones gate, whether the key is state or active", () => {
    assert.deepEqual(active(""), [true, true]);
    assert.deepEqual(active(", active: false"), [false, true]);
    assert.deepEqual(active(", state: active"), [true, true]);
    assert.deepEqual(active(", state: joining"), [false, true]);
    assert.deepEqual(active(", state: draining"), [false, true]);
  });

  it("does not even ask a retired one, unless it holds the lease", () => {
    const clusters = (more = "") =>
      planAt(config(", state: retired", more), noon).clusters.map(({ name }) => name);
    assert.deepEqual(active(", state: retired"), [true]);
    assert.deepEqual(clusters(), ["east"]);
    assert.deepEqual(clusters("leaderElection: { lease: a/b }"), ["west", "east"]);
  });

  it("keeps a cluster that no environment names: others' Flux may apply there", () => {
    const text = "clusters: [{ name: west }, { name: east, kubeconfig: east }";
    const more = parseConfig(
      `apiVersion: fluxgate.dev/v1
kind: ConnectorConfig
azureDevOps: { organisationUrl: https://dev.azure.com/fabrikam }
repositories: [{ name: manifests, project: shop, repository: shop-manifests }]
${text}]
environments: [{ name: dev, repository: manifests, clusters: [{ name: west }] }]`,
      "connector.yaml",
    );
    assert.equal(planAt(more, noon).clusters.length, 2);
  });

  it("says why one gates nothing", () => {
    assert.deepEqual(plannedLines(config(", state: draining"), noon), [
      "west gates nothing in dev: it is draining",
    ]);
    assert.deepEqual(plannedLines(config(""), noon), []);
  });

  const office = { days: ["mon", "tue", "wed", "thu", "fri"], from: "07:00", to: "19:00" } as const;
  const on = (schedule: object, at: string) =>
    notGating({ active: true, schedule: schedule as typeof office }, new Date(at)) === undefined;

  it("keeps a schedule by the wall clock of its time zone", () => {
    assert.equal(on(office, "2026-11-27T06:59:00Z"), false);
    assert.equal(on(office, "2026-11-27T07:00:00Z"), true);
    assert.equal(on(office, "2026-11-27T19:00:00Z"), false);
    assert.equal(on(office, "2026-11-28T12:00:00Z"), false);
    const berlin = { ...office, timeZone: "Europe/Berlin" };
    assert.equal(on(berlin, "2026-11-27T06:00:00Z"), true);
    // Summer time: two hours ahead.
    assert.equal(on(berlin, "2026-07-03T05:00:00Z"), true);
    assert.equal(on(berlin, "2026-07-03T17:00:00Z"), false);
  });

  it("takes a time over midnight as of the day on which it begins", () => {
    const nights = { days: ["fri"], from: "22:00", to: "06:00" };
    assert.equal(on(nights, "2026-11-27T23:00:00Z"), true);
    assert.equal(on(nights, "2026-11-28T05:59:00Z"), true);
    assert.equal(on(nights, "2026-11-28T23:00:00Z"), false);
    assert.equal(on(nights, "2026-11-27T05:00:00Z"), false);
  });

  it("refuses what contradicts itself", () => {
    const problem = (cluster: string, more = "") => {
      try {
        config(cluster, more);
      } catch (error) {
        assert.ok(error instanceof InputError);
        return error.problems.map(({ message }) => message).join("; ");
      }
      return "none";
    };
    assert.match(problem(", active: true, state: retired"), /active: true and state disagree/);
    assert.match(problem(', schedule: { from: "7", to: "19:00" }'), /Times of day look like 07:00/);
    const zone = ', schedule: { from: "07:00", to: "19:00", timeZone: Berlin }';
    assert.match(problem(zone), /there is no time zone Berlin/);
    assert.match(problem(', schedule: { from: "07:00", to: "07:00" }'), /are the same/);
    const short = "leaderElection: { lease: a/b, duration: 500ms, cluster: north }";
    assert.match(problem("", short), /no cluster north.*|at least 1s/);
  });
});
