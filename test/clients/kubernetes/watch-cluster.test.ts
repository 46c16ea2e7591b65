import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectKubernetes, type Kubernetes } from "../../../clients/kubernetes/connect.ts";
import { watchCluster, type WatchedCluster } from "../../../clients/kubernetes/watch-cluster.ts";
import { watchKind } from "../../../clients/kubernetes/watch-kind.ts";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { startEmbeddedFlux } from "../../../sandbox/flux-embedded/start.ts";
import type { FluxCluster } from "../../../sandbox/flux.ts";
import { ensureTools } from "../../../scripts/tools.ts";
import { eventually } from "../../support/eventually.ts";
import { breakableLink, type BreakableLink } from "./breakable-link.ts";

describe("a watched cluster", function () {
  this.timeout(60_000);
  let directory: string;
  let flux: FluxCluster;
  let link: BreakableLink;
  let kubernetes: Kubernetes;
  let cluster: WatchedCluster;
  let changes: (FluxObject | undefined)[] = [];
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "fluxgate-watch-"));
    const { kubectl, helm } = await ensureTools();
    flux = await startEmbeddedFlux({ directory: join(directory, "flux"), kubectl, helm });
    link = await breakableLink(Number(new URL(flux.url).port));
    const kubeconfig = join(directory, "kubeconfig");
    const text = await readFile(flux.kubeconfig, "utf8");
    await writeFile(kubeconfig, text.replace(flux.url, `https://127.0.0.1:${link.port}`));
    kubernetes = connectKubernetes({ kubeconfig });
  });
  after(async () => {
    await link.cut();
    await flux.stop();
    await rm(directory, { recursive: true, force: true });
  });
  beforeEach(async () => {
    changes = [];
    cluster = watchCluster({
      ...{ name: "west", kubernetes },
      onChange: (object) => void changes.push(object),
    });
    await cluster.listed;
  });
  afterEach(() => cluster.stop());

  const named = (name: string) => cluster.flux().find((object) => object.name === name);
  const kustomization = (name: string, environment = "dev") =>
    JSON.stringify({
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: {
        ...{ name, namespace: "flux-system" },
        labels: { "fluxgate.dev/environment": environment },
      },
      spec: {
        ...{ interval: "1h", path: "./dev", prune: true, suspend: true },
        sourceRef: { kind: "GitRepository", name: "manifests" },
      },
    });

  it("holds what is there, with its kind, and what comes, changes and goes", async () => {
    await flux.apply(kustomization("shop-dev"));
    const seen = await eventually("the new object", () => named("shop-dev"));
    assert.equal(seen.kind, "Kustomization");
    assert.ok(changes.some((object) => object?.name === "shop-dev"));

    await flux.apply(kustomization("shop-dev", "prod"));
    await eventually("the change", () => {
      const now = named("shop-dev");
      return now?.kind === "Kustomization" && now.labels["fluxgate.dev/environment"] === "prod"
        ? now
        : undefined;
    });

    const { items } = (await kubernetes.call(
      "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations",
    )) as { readonly items: readonly { readonly metadata: { readonly name: string } }[] };
    assert.deepEqual(
      items.map(({ metadata }) => metadata.name),
      ["shop-dev"],
    );
  });

  it("reads afresh what the cache holds", async () => {
    await flux.apply(kustomization("read-afresh"));
    const fresh = await cluster.readFlux();
    assert.ok(fresh.some(({ name }) => name === "read-afresh"));
    await eventually("the same in the cache", () => named("read-afresh"));
  });

  it("says that the cluster is silent while it does not answer, and catches up afterwards", async () => {
    assert.equal(cluster.silent(), undefined);
    await link.cut();
    try {
      const why = await eventually("the silence", () => cluster.silent());
      assert.match(why, /^no answer from the Kubernetes API at https:\/\/127\.0\.0\.1:\d+: /);
      assert.ok(changes.includes(undefined), "nobody was told");
      await assert.rejects(cluster.readFlux(), /ECONNREFUSED/);
      await flux.apply(kustomization("made-meanwhile"));
    } finally {
      await link.mend();
    }
    await eventually("an answer", () => (cluster.silent() === undefined ? true : undefined));
    await eventually("what was made meanwhile", () => named("made-meanwhile"));
  });

  it("takes a kind that is not installed for an empty one", async () => {
    const kind = watchKind(kubernetes, {
      path: "/apis/absent.example.com/v1/things",
      read: (item) => item,
      onChange: () => undefined,
    });
    await kind.listed;
    assert.deepEqual([kind.objects(), kind.problem()], [[], undefined]);
    kind.stop();
  });

  it("asks Flux to fetch", async () => {
    await flux.apply(
      JSON.stringify({
        apiVersion: "source.toolkit.fluxcd.io/v1",
        kind: "GitRepository",
        metadata: { name: "nudged", namespace: "flux-system" },
        spec: { url: "https://127.0.0.1:9/nowhere.git", interval: "1h" },
      }),
    );
    await cluster.requestReconcile(
      { kind: "GitRepository", namespace: "flux-system", name: "nudged" },
      { at: "now", reset: false },
    );
    const object = (await kubernetes.call(
      "/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/nudged",
    )) as { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } };
    assert.equal(object.metadata.annotations["reconcile.fluxcd.io/requestedAt"], "now");
    assert.ok(!("reconcile.fluxcd.io/resetAt" in object.metadata.annotations));
  });

  it("asks helm-controller to say when it has read the values", async () => {
    await flux.apply(
      JSON.stringify({
        apiVersion: "helm.toolkit.fluxcd.io/v2",
        kind: "HelmRelease",
        metadata: { name: "nudged", namespace: "flux-system" },
        spec: { interval: "1h", suspend: true, chartRef: { kind: "HelmChart", name: "none" } },
      }),
    );
    await cluster.requestReconcile(
      { kind: "HelmRelease", namespace: "flux-system", name: "nudged" },
      { at: "now", reset: true },
    );
    const object = (await kubernetes.call(
      "/apis/helm.toolkit.fluxcd.io/v2/namespaces/flux-system/helmreleases/nudged",
    )) as { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } };
    assert.deepEqual(object.metadata.annotations, {
      "reconcile.fluxcd.io/requestedAt": "now",
      "reconcile.fluxcd.io/resetAt": "now",
    });
  });

  it("tells a workload's health with the reason of its newest pod", async () => {
    const image = "registry.fabrikam.com/shop/api:broken-1";
    await flux.apply(deployment("api", image));
    const identity = { group: "apps", version: "v1", kind: "Deployment", namespace: "default" };
    const { health, images } = await eventually("the pod's reason", async () => {
      const observed = await cluster.observe({ ...identity, name: "api" });
      return observed.health.state === "failed" ? observed : undefined;
    });
    assert.deepEqual(images, [image]);
    assert.ok(health.state === "failed");
    assert.match(health.reason, /ImagePullBackOff|ErrImagePull/);
    assert.match(health.cause, /broken-1/);
  });

  it("tells what is not there, of a known kind or of none", async () => {
    const absent = { group: "apps", version: "v1", kind: "Deployment", namespace: "default" };
    for (const identity of [
      { ...absent, name: "absent" },
      { ...absent, kind: "Nonsense", name: "a" },
      { ...absent, group: "absent.example.com", name: "a" },
    ]) {
      assert.deepEqual((await cluster.observe(identity)).health, { state: "missing" });
    }
  });
});

function deployment(name: string, image: string): string {
  return JSON.stringify({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default" },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: "main", image }] },
      },
    },
  });
}
