import assert from "node:assert/strict";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import type { Connector } from "../../connector/connector.ts";
import { findLastChange, readEnvironmentFiles } from "../../connector/environment-files.ts";
import { readGateInput } from "../../connector/gate-input.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { decide } from "../../core/gate/decide.ts";
import { emptyMemory } from "../../core/gate/memory.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { aCluster, aKustomization, aSource } from "./a-cluster.ts";
import { aConnector } from "./a-connector.ts";

const settings = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata: { a: "${value}" }\n`;

// Another layout than Fluxgate's: an overlay for each environment, one base for all.
const files = {
  "apps/base/kustomization.yaml": "resources: [settings.yaml]\ncomponents: [../common]\n",
  "apps/base/settings.yaml": settings("0"),
  "apps/common/kustomization.yaml": "kind: Component\n",
  "apps/overlays/dev/kustomization.yaml": "resources: [../../base]\n",
  "apps/overlays/prod/kustomization.yaml": "resources: [../../base]\n",
  "README.md": "manifests\n",
};

describe("files of an environment", () => {
  let sandbox: Sandbox;
  let url: string;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files }]);
    url = `${sandbox.organisationUrl}/shop/_git/manifests`;
  });
  after(() => sandbox.close());

  async function world(of: { readonly path: string; readonly revision: string }) {
    const made = await aConnector(sandbox, { mode: "statuses", repository: "manifests" });
    const [dev] = made.connector.config.environments;
    assert.ok(dev);
    const inventory = ["shop_settings__ConfigMap"];
    const cluster = aCluster([aSource(url), aKustomization({ ...of, inventory })]);
    const connector: Connector = { ...made.connector, clusters: new Map([["west", cluster]]) };
    const environment: EnvironmentConfig = { ...dev, path: "apps/overlays/dev" };
    return { connector, environment, repository: made.repository };
  }
  const headOf = async (repository: ManifestsRepository) => (await repository.head(0)) ?? "";

  it("are brought by folders outside of it that clusters run which nobody sees from here", async () => {
    const { connector, environment, repository } = await world({
      ...{ path: "./apps/overlays/dev", revision: "main@sha1:0" },
    });
    const paths = ["./clusters/far/", "apps/overlays/dev"];
    const clusters = [
      { name: "west", active: true, paths: ["clusters/west"] },
      { name: "far", active: true, paths },
    ];
    const { bringing } = await readEnvironmentFiles(
      connector,
      { ...environment, clusters },
      { commit: await headOf(repository), rendered: false },
    );
    assert.deepEqual(bringing, ["clusters/far"]);
  });

  it("lie in its folder and in what its kustomizations take from elsewhere", async () => {
    const { connector, environment, repository } = await world({
      ...{ path: "./apps/overlays/dev", revision: "main@sha1:0" },
    });
    const commit = await headOf(repository);
    const found = await readEnvironmentFiles(connector, environment, { commit, rendered: false });
    assert.deepEqual(found, {
      places: ["apps/overlays/dev", "apps/base", "apps/common"],
      paths: ["apps/overlays/dev"],
      bases: { "apps/overlays/dev": ["apps/base", "apps/common"] },
    });
  });

  it("lie in the folders of its Kustomizations too", async () => {
    const { connector, environment, repository } = await world({
      ...{ path: "./apps/overlays/prod", revision: "main@sha1:0" },
    });
    const commit = await headOf(repository);
    const { places } = await readEnvironmentFiles(connector, environment, {
      ...{ commit, rendered: true },
    });
    assert.deepEqual(places, [
      "apps/overlays/dev",
      "apps/overlays/prod",
      "apps/base",
      "apps/common",
    ]);
  });

  it("lie in its folder alone where a delivery was rendered into it: nothing is asked", async () => {
    const { connector, environment, repository } = await world({
      ...{ path: "./apps/overlays/dev", revision: "main@sha1:0" },
    });
    const commit = await headOf(repository);
    const asked = async () =>
      (await connector.metrics.calls.get()).values.reduce((sum, { value }) => sum + value, 0);
    const before = await asked();
    const found = await readEnvironmentFiles(connector, environment, { commit, rendered: true });
    const path = "apps/overlays/dev";
    assert.deepEqual(found, { places: [path], paths: [path], bases: {} });
    assert.equal(await asked(), before);
  });

  it("lie in the charts that its releases take, and in what these pack", async () => {
    const depends = "dependencies: [{ name: lib, version: 1.0.0, repository: file://../lib }]\n";
    const commit = await gitPush(url, {
      files: {
        "charts/api/Chart.yaml": `apiVersion: v2\nname: api\nversion: 1.0.0\n${depends}`,
        "charts/lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\n",
      },
    });
    const { connector, environment } = await world({ path: "dev", revision: "main@sha1:0" });
    const sourceRef = { kind: "GitRepository", name: "manifests", namespace: "flux-system" };
    const release = (name: string, chart: string) => ({
      ...{ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
      metadata: { name, namespace: "shop", labels: { "fluxgate.dev/environment": "dev" } },
      spec: { chart: { spec: { chart, valuesFiles: ["./values/dev.yaml"], sourceRef } } },
    });
    const releases = [release("api", "./charts/api"), release("gone", "charts/gone")];
    const west = aCluster([aSource(url), ...releases]);
    const { released } = await readEnvironmentFiles(
      { ...connector, clusters: new Map([["west", west]]) },
      { ...environment, clusters: [{ name: "west", active: true }] },
      { commit, rendered: true },
    );
    assert.deepEqual(released?.charts, {
      "charts/api": { folders: ["charts/lib"] },
      "charts/gone": { folders: ["charts"], why: "no Chart.yaml was found in charts/gone" },
    });
    assert.deepEqual(
      [...released.places.keys()],
      ["charts/api", "values/dev.yaml", "charts/lib", "charts/gone", "charts"],
    );
    assert.deepEqual(released.places.get("charts/lib"), ["west"]);
  });

  it("were changed last by the commit that changed any of them", async () => {
    const places = ["apps/overlays/dev", "apps/base", "apps/common"];
    const base = await gitPush(url, { files: { "apps/base/settings.yaml": settings("1") } });
    const readme = await gitPush(url, { files: { "README.md": "read me\n" } });
    const { repository } = await world({ path: "./apps/overlays/dev", revision: "main@sha1:0" });
    assert.equal(await findLastChange(repository, readme, places), base);
    const more = { "apps/overlays/dev/more.yaml": settings("2") };
    const overlay = await gitPush(url, { files: more });
    assert.equal(await findLastChange(repository, overlay, places), overlay);
  });

  it("decide what a commit to a base is waited for", async () => {
    const commit = await gitPush(url, {
      files: {
        "apps/base/settings.yaml": settings("3"),
        "apps/overlays/prod/only-prod.yaml": settings("3").replace("settings", "only-prod"),
      },
    });
    const look = async (revision: string) => {
      const { connector, environment } = await world({ path: "./apps/overlays/dev", revision });
      const input = await readGateInput(connector, {
        ...{ environment, delivery: "shop", target: { kind: "commit", commit } },
        ...{ fresh: true, deadline: Infinity, memory: emptyMemory, maxAgeMs: 0 },
      });
      assert.deepEqual(
        input.changed?.map(({ path }) => path),
        ["apps/base/settings.yaml"],
      );
      return decide(input, Date.now());
    };
    const before = await look(`main@sha1:${"0".repeat(40)}`);
    assert.equal(before.kind, "waiting", before.text);
    assert.match(before.text, /Kustomization flux-system\/shop-dev/);
    const after = await look(`main@sha1:${commit}`);
    assert.doesNotMatch(after.text, /nothing/);
    assert.ok("waitingFor" in after ? after.waitingFor === "health" : true, after.text);
  });
});
