import assert from "node:assert/strict";
import { connectKubernetes } from "../../../clients/kubernetes/connect.ts";
import { watchCluster, type WatchedCluster } from "../../../clients/kubernetes/watch-cluster.ts";
import { fluxKinds } from "../../../core/flux/kinds/flux-kinds.ts";
import { anApiServer, type ApiServer } from "../../cli/doctor/an-api-server.ts";
import { aKustomization, aSource } from "../../connector/a-cluster.ts";
import { connectorFolder, kubeconfigText } from "../../connector/connector-process.ts";

const namespaces = ["flux-system", "shop"];
const at = (namespace: string, groupVersion: string, resource: string) =>
  `/apis/${groupVersion}/namespaces/${namespace}/${resource}`;

/** Lists of every kind in these namespaces; nothing may be read anywhere else. */
const lists = (of: readonly string[]) =>
  Object.fromEntries(
    of.flatMap((namespace) =>
      Object.values(fluxKinds).map(({ group, versions, resource }) => [
        at(namespace, `${group}/${versions[0]}`, resource),
        { items: [], metadata: { resourceVersion: "1" } },
      ]),
    ),
  );
const kustomizations = (namespace: string) =>
  at(namespace, "kustomize.toolkit.fluxcd.io/v1", "kustomizations");
const sources = at("flux-system", "source.toolkit.fluxcd.io/v1", "gitrepositories");
const deployed = aKustomization({ path: "dev", revision: "main@sha1:abc" });
const elsewhere = { ...deployed, metadata: { name: "web", namespace: "shop" } };
const apps = { resources: [{ name: "deployments", kind: "Deployment", namespaced: true }] };
const api = {
  ...{ group: "apps", version: "v1", kind: "Deployment", name: "api" },
  namespace: "other",
};

describe("a cluster of which only some namespaces may be read", () => {
  const folder = connectorFolder();
  let server: ApiServer | undefined;
  let cluster: WatchedCluster | undefined;
  afterEach(async () => {
    cluster?.stop();
    await server?.close();
  });
  after(() => folder.remove());

  async function watch(answers: Readonly<Record<string, unknown>>): Promise<WatchedCluster> {
    server = await anApiServer(answers);
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(server.url));
    const kubernetes = connectKubernetes({ kubeconfig });
    cluster = watchCluster({ name: "west", kubernetes, namespaces, onChange: () => undefined });
    await cluster.listed;
    return cluster;
  }

  it("is watched and read there alone, each kind in each of them", async () => {
    const found = await watch({
      ...lists(namespaces),
      [kustomizations("flux-system")]: { items: [deployed], metadata: { resourceVersion: "1" } },
      [kustomizations("shop")]: { items: [elsewhere], metadata: { resourceVersion: "1" } },
    });
    const names = ["shop-dev", "web"];
    assert.deepEqual(
      (await found.readFlux()).map(({ name }) => name),
      names,
    );
  });

  it("has no health to tell of what lies outside: it is forbidden, not missing", async () => {
    const found = await watch({ ...lists(namespaces), "/apis/apps/v1": apps });
    assert.equal((await found.observe(api)).health.state, "forbidden");
  });

  it("is silent where one of them may not be read, and says which", async () => {
    const found = await watch(lists(["flux-system"]));
    assert.match(found.silent() ?? "", /403 .*\/namespaces\/shop\//);
  });

  it("is asked to look at an object by its own path", async () => {
    const found = await watch({
      ...lists(namespaces),
      [sources]: { items: [aSource("https://x")], metadata: { resourceVersion: "1" } },
      [`${sources}/manifests`]: {},
    });
    const source = { kind: "GitRepository", namespace: "flux-system", name: "manifests" };
    const now = "2026-11-23T12:00:00Z";
    await found.requestReconcile(source, { at: now, reset: false });
    const change = { metadata: { annotations: { "reconcile.fluxcd.io/requestedAt": now } } };
    assert.deepEqual(server?.patches, [{ path: `${sources}/manifests`, change }]);
  });
});
