import assert from "node:assert/strict";
import type { Connector } from "../../connector/connector.ts";
import { readEnvironmentFiles } from "../../connector/environment-files.ts";
import { aCluster, aKustomization, aSource } from "./a-cluster.ts";
import { aTreeRepository, treeUrl, x } from "./a-tree-repository.ts";

const revision = `main@sha1:${x}`;

/** A Kustomization that nobody assigned, and that holds this. */
function holding(entry: string): object {
  const made = aKustomization({ path: "./infra", revision, inventory: [entry] });
  return { ...made, metadata: { name: "infra", namespace: "flux-system", generation: 1 } };
}

const release = (spec: object) => ({
  ...{ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
  metadata: { name: "web", namespace: "shop" },
  spec,
});
const bundle = "shop_bundle_source.toolkit.fluxcd.io_OCIRepository";
const chartRef = { kind: "OCIRepository", name: "bundle" };
const valuesFrom = [{ kind: "ConfigMap", name: "values" }];

async function bringing(entry: string, spec: object): Promise<readonly string[] | undefined> {
  const inventory = ["shop_web_helm.toolkit.fluxcd.io_HelmRelease"];
  const dev = aKustomization({ path: "./dev", revision, inventory });
  const cluster = aCluster([aSource(treeUrl), dev, holding(entry), release(spec)]);
  const connector: Partial<Connector> = {
    clusters: new Map([["west", cluster]]),
    repositories: new Map([["manifests", aTreeRepository({}, {})]]),
  };
  const found = await readEnvironmentFiles(
    connector as Connector,
    {
      ...{ name: "dev", repository: "manifests", path: "dev", scope: "delivery", objects: [] },
      ...{ healthUnknownSucceeds: false, clusters: [{ name: "west", active: true }] },
    },
    { commit: x, rendered: false },
  );
  return found.bringing;
}

describe("what brings an environment without being of it", () => {
  it("is what brings the sources that its releases take, and their values", async () => {
    assert.deepEqual(await bringing(bundle, { chartRef }), ["infra"]);
    assert.deepEqual(await bringing("shop_values__ConfigMap", { valuesFrom }), ["infra"]);
  });

  it("is nothing that brings others, whatever they are called", async () => {
    assert.equal(
      await bringing("other_bundle_source.toolkit.fluxcd.io_OCIRepository", { chartRef }),
      undefined,
    );
    assert.equal(await bringing("shop_bundle__ConfigMap", { chartRef, valuesFrom }), undefined);
  });
});
