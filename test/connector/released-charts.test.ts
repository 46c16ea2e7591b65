// A release's chart, and what this packs, lie where no Kustomization builds.
import assert from "node:assert/strict";
import type { Connector } from "../../connector/connector.ts";
import { readGateInput } from "../../connector/gate-input.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { decide } from "../../core/gate/decide.ts";
import { emptyMemory } from "../../core/gate/memory.ts";
import { aCluster, aKustomization, aSource } from "./a-cluster.ts";
import { aTreeRepository, old, treeUrl, x } from "./a-tree-repository.ts";

type Tree = Readonly<Record<string, string>>;

const config = "kind: ConfigMap\napiVersion: v1\nmetadata: { name: a, namespace: shop }\n";
const chart = (more = "") => `apiVersion: v2\nname: api\nversion: 1.2.3\n${more}`;
const common = "dependencies: [{ name: common, version: 1.0.0, repository: file://../common }]\n";
const files: Tree = {
  "dev/a.yaml": config,
  "charts/api/Chart.yaml": chart(common),
  "charts/common/Chart.yaml": "apiVersion: v2\nname: common\nversion: 1.0.0\n",
  "charts/common/templates/a.yaml": "kind: ServiceAccount\napiVersion: v1\nmetadata: { name: a }\n",
};
const reference = { kind: "GitRepository", name: "manifests", namespace: "flux-system" };

/** What of Flux stands where all of X was fetched, and the chart was looked at. */
function flux(of: { readonly byRevision?: true; readonly lookedAt?: string }) {
  const { lookedAt = x, byRevision } = of;
  const reconcileStrategy = byRevision ? "Revision" : "ChartVersion";
  const ready = { conditions: [{ type: "Ready", status: "True", reason: "Succeeded" }] };
  return [
    aSource(treeUrl),
    aKustomization({
      ...{ path: "dev", revision: `main@sha1:${x}` },
      inventory: ["shop_api_helm.toolkit.fluxcd.io_HelmRelease", "shop_a__ConfigMap"],
    }),
    {
      ...{ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
      metadata: { name: "api", namespace: "shop", generation: 1 },
      spec: { chart: { spec: { chart: "./charts/api", sourceRef: reference, reconcileStrategy } } },
      status: {
        ...{ ...ready, observedGeneration: 1, helmChart: "shop/api" },
        history: [{ chartVersion: "1.2.3", status: "deployed" }],
        ...{ lastAttemptedRevision: "1.2.3", lastAttemptedGeneration: 1 },
      },
    },
    {
      ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "HelmChart" },
      metadata: { name: "api", namespace: "shop", generation: 1 },
      spec: { chart: "./charts/api", sourceRef: reference, reconcileStrategy },
      status: {
        ...{ ...ready, observedGeneration: 1, artifact: { revision: "1.2.3" } },
        observedSourceArtifactRevision: `main@sha1:${lookedAt}`,
      },
    },
  ];
}

async function look(
  changed: Tree,
  of: Parameters<typeof flux>[0] & { readonly before?: Tree; readonly paths?: string } = {},
) {
  const before = of.before ?? files;
  const connector: Partial<Connector> = {
    config: { timings: { grace: 1 }, clusters: [] } as unknown as Connector["config"],
    repositories: new Map([["manifests", aTreeRepository(before, { ...before, ...changed })]]),
    clusters: new Map([["west", aCluster(flux(of), async () => healthy)]]),
  };
  const environment = {
    ...{ name: "dev", path: "dev", repository: "manifests", scope: "delivery" },
    ...{ objects: [], healthUnknownSucceeds: false },
    clusters: [{ name: "west", active: true, ...(of.paths ? { paths: [of.paths] } : {}) }],
  } as unknown as EnvironmentConfig;
  const input = await readGateInput(connector as Connector, {
    ...{ environment, delivery: "shop", target: { kind: "commit", commit: x } },
    ...{ fresh: true, deadline: Infinity, memory: emptyMemory, maxAgeMs: 0 },
  });
  return decide(input, 0);
}
const healthy = { health: { state: "current" }, images: [] } as const;

const app = { "dev/a.yaml": `${config}data: { a: b }\n` };
const library = { "charts/common/templates/a.yaml": "kind: Role\n" };
const isOld = /X changed charts\/common, which its chart packs, but not the version 1\.2\.3 in/;

describe("charts of the manifests repository that releases take", () => {
  it("are waited for wherever they lie, beside other changes too", async () => {
    const found = await look({ ...app, "charts/api/templates/b.yaml": "kind: Role\n" });
    assert.equal(found.kind, "waiting", found.text);
    assert.match(found.text, /X changed its chart but not the version 1\.2\.3/);
  });

  it("are told to stay as they were where a chart changed that they pack", async () => {
    for (const changed of [library, { ...app, ...library }]) {
      const found = await look(changed);
      assert.equal(found.kind, "waiting", found.text);
      assert.match(found.text, isOld);
    }
  });

  it("are waited for in clusters that run other folders of the environment alone", async () => {
    assert.match((await look({ ...app, ...library }, { paths: "dev" })).text, isOld);
  });

  it("are waited for until they are packed from X where each commit is packed", async () => {
    const late = await look({ ...app, ...library }, { byRevision: true, lookedAt: old });
    assert.match(late.text, /HelmChart shop\/api is not packed from/);
    const packed = await look({ ...app, ...library }, { byRevision: true });
    assert.equal(packed.kind, "succeeded", packed.text);
  });

  it("hold nothing where a chart changed that none of them packs", async () => {
    const found = await look({ ...app, "charts/web/templates/a.yaml": "kind: Role\n" });
    assert.equal(found.kind, "succeeded", found.text);
  });

  it("take nothing of what they have a copy of in their own folder", async () => {
    const copy = { "charts/api/charts/common/Chart.yaml": files["charts/common/Chart.yaml"] ?? "" };
    const found = await look({ ...app, ...library }, { before: { ...files, ...copy } });
    assert.equal(found.kind, "succeeded", found.text);
  });

  it("may take anything beside them where they cannot be read, and it is said", async () => {
    const before = { ...files, "charts/api/Chart.yaml": "- no chart\n" };
    const found = await look({ ...app, ...library }, { before });
    assert.equal(found.kind, "waiting", found.text);
    assert.match(found.text, /whether X changed what its chart packs .* is no YAML of a chart/);
    assert.equal((await look(app, { before })).kind, "succeeded");
  });
});
