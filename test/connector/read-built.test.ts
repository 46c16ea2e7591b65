import assert from "node:assert/strict";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import type { Connector } from "../../connector/connector.ts";
import { buildSideReader } from "../../connector/builds/build-side.ts";
import { readGateInput } from "../../connector/gate-input.ts";
import { emptyMemory } from "../../core/gate/memory.ts";
import { absentKube } from "../../kube/kube.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { useKube } from "../support/kube.ts";
import { aCluster, aKustomization, aSource } from "./a-cluster.ts";
import { aConnector } from "./a-connector.ts";

const settings = (name: string, value: string, namespace = "shop") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: "${namespace}" }\ndata: { a: "${value}" }\n`;
const ns = "$" + "{ns}";
const files = {
  "dev/kustomization.yaml":
    "namePrefix: p-\nresources: [a.yaml, b.yaml, ../base]\npatches: [{ path: patch.yaml, target: { name: b } }]\n",
  "dev/a.yaml": settings("a", "0"),
  "dev/b.yaml": settings("b", "0"),
  "dev/patch.yaml": settings("any", "1"),
  "base/kustomization.yaml": "resources: [c.yaml]\n",
  "base/c.yaml": settings("c", "0", ns),
  "other/huge.yaml": settings("huge", "0"),
};

describe("what Flux builds of a commit", function () {
  this.timeout(120_000);
  const kube = useKube();
  let sandbox: Sandbox;
  let url: string;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files }]);
    url = `${sandbox.organisationUrl}/shop/_git/manifests`;
  });
  after(() => sandbox.close());

  async function world(spec: object = { postBuild: { substitute: { ns: "put-in" } } }) {
    const made = await aConnector(sandbox, { mode: "statuses", repository: "manifests" });
    const [dev] = made.connector.config.environments;
    assert.ok(dev);
    const flux = aKustomization({ path: "./dev", revision: `main@sha1:${"0".repeat(40)}` });
    const of = flux as { readonly spec: object };
    const cluster = aCluster([aSource(url), { ...flux, spec: { ...of.spec, ...spec } }]);
    const connector: Connector = {
      ...{ ...made.connector, clusters: new Map([["west", cluster]]) },
      builds: buildSideReader(kube()),
    };
    const calls = async () =>
      (await connector.metrics.calls.get()).values.reduce((sum, { value }) => sum + value, 0);
    return { connector, environment: dev, calls };
  }
  async function changedBy(
    commit: string,
    { connector, environment }: { connector: Connector; environment: EnvironmentConfig },
  ) {
    const { clusters } = await readGateInput(connector, {
      ...{ environment, delivery: "shop", target: { kind: "commit", commit } },
      ...{ fresh: false, deadline: Infinity, memory: emptyMemory, maxAgeMs: 0 },
    });
    const built = clusters[0]?.built?.["Kustomization/flux-system/shop-dev"];
    if (built?.kind !== "built") return built?.why;
    return built.changed.map(({ namespace, name }) => `${namespace}/${name}`);
  }

  it("names the one object that a file makes, as Flux names it", async () => {
    const commit = await gitPush(url, { files: { "dev/a.yaml": settings("a", "1") } });
    assert.deepEqual(await changedBy(commit, await world()), ["shop/p-a"]);
  });

  it("names what a patch by target changes", async () => {
    const commit = await gitPush(url, { files: { "dev/patch.yaml": settings("any", "2") } });
    assert.deepEqual(await changedBy(commit, await world()), ["shop/p-b"]);
  });

  it("puts values into a base outside of the path", async () => {
    const commit = await gitPush(url, { files: { "base/c.yaml": settings("c", "1", ns) } });
    assert.deepEqual(await changedBy(commit, await world()), ["put-in/p-c"]);
  });

  it("takes at most four calls more than judging it whole, and none the next time", async () => {
    const commit = await gitPush(url, { files: { "dev/a.yaml": settings("a", "2") } });
    const plain = await world();
    const whole = {
      ...plain,
      connector: { ...plain.connector, builds: buildSideReader(absentKube("no")) },
    };
    await whole.connector.repositories.get("manifests")?.head(0);
    assert.match(String(await changedBy(commit, whole)), /^what was there before: no$|^no$/);
    const spent = await plain.calls();
    const exact = await world();
    await changedBy(commit, exact);
    const first = await exact.calls();
    assert.ok(first - spent <= 4, `${first} - ${spent}`);
    await changedBy(commit, exact);
    // The head is asked for each time here.
    assert.ok((await exact.calls()) - first <= 1);
  });

  it("is not trusted where the source brings more than the commit", async () => {
    const commit = await gitPush(url, { files: { "dev/a.yaml": settings("a", "3") } });
    const { connector, environment } = await world();
    const source = aSource(url) as { readonly spec: object };
    const flux = aKustomization({ path: "./dev", revision: "main@sha1:0" });
    const included = {
      ...source,
      spec: { ...source.spec, include: [{ repository: { name: "x" } }] },
    };
    const clusters = new Map([["west", aCluster([included, flux])]]);
    assert.equal(
      await changedBy(commit, { environment, connector: { ...connector, clusters } }),
      "its source has include",
    );
  });

  it("says Flux' own words where it cannot be built", async () => {
    const broken = "namePrefix: p-\nresources: [a.yaml, absent.yaml]\n";
    const commit = await gitPush(url, { files: { "dev/kustomization.yaml": broken } });
    assert.match(String(await changedBy(commit, await world())), /absent.yaml/);
  });
});
