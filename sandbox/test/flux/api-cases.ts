import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { request } from "node:https";
import { AuthorizationV1Api, CoreV1Api, makeInformer, VersionApi } from "@kubernetes/client-node";
import { ensureTools } from "../../../scripts/tools.ts";
import { eventually } from "../support/eventually.ts";
import { deployment } from "./flux-objects.ts";
import type { World } from "./flux-world.ts";

type WatchEvent = {
  readonly type: string;
  readonly object: {
    readonly metadata?: { readonly name?: string; readonly resourceVersion: string };
  };
};

const configMaps = "/api/v1/namespaces/default/configmaps";

export function apiCases(world: () => World): void {
  /** A request with the administrator's token, unless another is given. */
  function call(path: string, token = world().config.getCurrentUser()?.token ?? "") {
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      const ca = Buffer.from(world().config.getCurrentCluster()?.caData ?? "", "base64");
      const headers = token === "" ? {} : { Authorization: `Bearer ${token}` };
      request(world().flux.url + path, { ca, headers }, (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      })
        .on("error", reject)
        .end();
    });
  }

  async function watched(query: string): Promise<WatchEvent[]> {
    const { body } = await call(`${configMaps}?watch=true&${query}`);
    return body
      .trim()
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as WatchEvent);
  }

  const configMap = (name: string, data: Record<string, string> = {}) => ({
    ...{ apiVersion: "v1", kind: "ConfigMap" },
    metadata: { name, namespace: "default", labels: { case: name } },
    data,
  });

  async function kubectl(args: readonly string[], input = ""): Promise<string> {
    const { kubectl: path } = await ensureTools();
    const child = spawn(path, ["--kubeconfig", world().flux.kubeconfig, ...args]);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    }
    child.stdin.end(input);
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 0, output);
    return output;
  }

  it("refuses who has no token or a wrong one", async () => {
    assert.equal((await call("/api/v1/nodes", "wrong")).status, 401);
    const { status, body } = await call("/api/v1/nodes", "wrong");
    assert.deepEqual(
      [status, (JSON.parse(body) as { reason: string }).reason],
      [401, "Unauthorized"],
    );
  });

  it("says its version, its groups and what one may do", async () => {
    const { config } = world();
    const version = await config.makeApiClient(VersionApi).getCode();
    assert.equal(version.gitVersion, "v1.36.3");
    const { body } = await call("/apis/kustomize.toolkit.fluxcd.io/v1");
    const { resources } = JSON.parse(body) as { resources: { name: string; verbs: string[] }[] };
    assert.ok(resources.find(({ name }) => name === "kustomizations")?.verbs.includes("watch"));
    assert.equal((await call("/apis/kustomize.toolkit.fluxcd.io/v9")).status, 404);
    const review = await config.makeApiClient(AuthorizationV1Api).createSelfSubjectAccessReview({
      body: { spec: { resourceAttributes: { verb: "watch", resource: "kustomizations" } } },
    });
    assert.equal(review.status?.allowed, true);
  });

  it("lists the definitions of Flux' kinds", async () => {
    const { body } = await call("/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
    const { items } = JSON.parse(body) as { items: { metadata: { name: string } }[] };
    const names = items.map(({ metadata }) => metadata.name);
    assert.ok(names.includes("gitrepositories.source.toolkit.fluxcd.io"));
    assert.ok(names.includes("kustomizations.kustomize.toolkit.fluxcd.io"));
    assert.ok(names.includes("helmreleases.helm.toolkit.fluxcd.io"));
    assert.ok(names.includes("alerts.notification.toolkit.fluxcd.io"));
  });

  it("says no such object, no such kind and already there, each in its own words", async () => {
    const missing = await call(`${configMaps}/absent`);
    assert.equal(missing.status, 404);
    assert.equal(
      (JSON.parse(missing.body) as { message: string }).message,
      'configmaps "absent" not found',
    );
    assert.equal((await call("/apis/example.com/v1/things")).status, 404);
    const core = world().config.makeApiClient(CoreV1Api);
    const body = configMap("twice");
    await core.createNamespacedConfigMap({ namespace: "default", body });
    await assert.rejects(
      core.createNamespacedConfigMap({ namespace: "default", body }),
      /configmaps \\+"twice\\+" already exists/,
    );
  });

  it("refuses to replace what somebody else has changed meanwhile", async () => {
    const core = world().config.makeApiClient(CoreV1Api);
    const at = { namespace: "default", name: "raced" };
    const first = await core.createNamespacedConfigMap({ ...at, body: configMap("raced") });
    await core.replaceNamespacedConfigMap({ ...at, body: { ...first, data: { by: "one" } } });
    await assert.rejects(
      core.replaceNamespacedConfigMap({ ...at, body: { ...first, data: { by: "two" } } }),
      /the object has been modified; please apply your changes to the latest version/,
    );
  });

  it("lets an informer of client-node see what is added, changed and deleted", async () => {
    const core = world().config.makeApiClient(CoreV1Api);
    const list = () =>
      core.listNamespacedConfigMap({ namespace: "default", labelSelector: "case=informed" });
    const seen: string[] = [];
    const informer = makeInformer(world().config, configMaps, list, "case=informed");
    informer.on("add", () => seen.push("add"));
    informer.on("update", ({ data }) => seen.push(`update ${data?.["a"]}`));
    informer.on("delete", () => seen.push("delete"));
    await informer.start();
    try {
      await world().apply(configMap("informed"), configMap("not-informed"));
      await eventually("the addition", () => seen.includes("add") || undefined);
      await world().apply(configMap("informed", { a: "1" }));
      await eventually("the change", () => seen.includes("update 1") || undefined);
      await world().remove({
        apiVersion: "v1",
        kind: "ConfigMap",
        namespace: "default",
        name: "informed",
      });
      await eventually("the deletion", () => seen.includes("delete") || undefined);
      assert.deepEqual(seen, ["add", "update 1", "delete"]);
    } finally {
      await informer.stop();
    }
  });

  it("replays to a watch what happened since the version that it names", async () => {
    const { body } = await call(configMaps);
    const { resourceVersion } = (JSON.parse(body) as { metadata: { resourceVersion: string } })
      .metadata;
    await world().apply(configMap("replayed"));
    const query = `resourceVersion=${resourceVersion}&labelSelector=case%3Dreplayed`;
    const events = await watched(`${query}&timeoutSeconds=1`);
    assert.deepEqual(
      events.map(({ type, object }) => `${type} ${object.metadata?.name}`),
      ["ADDED replayed"],
    );
  });

  it("says to a watch with initial events when they are over", async () => {
    const events = await watched(
      "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1",
    );
    const end = events.find(({ type }) => type === "BOOKMARK");
    assert.ok(end, JSON.stringify(events));
    assert.ok(Number(end.object.metadata?.resourceVersion) > 0);
  });

  it("says who wrote a field last, and when", async () => {
    await world().apply(configMap("managed", { ours: "1", theirs: "1" }));
    const patch = JSON.stringify({ data: { theirs: "2" } });
    await kubectl(["patch", "configmap", "managed", "--type", "merge", "--patch", patch]);
    const { body } = await call(`${configMaps}/managed`);
    const { metadata } = JSON.parse(body) as {
      metadata: {
        managedFields: readonly {
          manager: string;
          operation: string;
          time: string;
          fieldsV1: { "f:data"?: Record<string, unknown> };
        }[];
      };
    };
    const of = (field: string) =>
      metadata.managedFields.filter(({ fieldsV1 }) => field in (fieldsV1["f:data"] ?? {}));
    assert.deepEqual(
      of("f:theirs").map(({ manager, operation }) => `${manager} ${operation}`),
      ["kubectl-patch Update"],
    );
    assert.ok(!Number.isNaN(Date.parse(of("f:theirs")[0]?.time ?? "")));
    assert.notEqual(of("f:ours")[0]?.manager, "kubectl-patch");
  });

  it("takes kubectl apply, also of a change, and shows what is there", async () => {
    const text = deployment("default", { name: "by-hand", tag: "1" });
    assert.match(await kubectl(["apply", "-f", "-"], text), /deployment\.apps\/by-hand created/);
    assert.match(await kubectl(["apply", "-f", "-"], text), /by-hand unchanged/);
    const changed = deployment("default", { name: "by-hand", tag: "2", replicas: 2 });
    assert.match(await kubectl(["apply", "-f", "-"], changed), /by-hand configured/);
    const image = "jsonpath={.spec.template.spec.containers[*].image} {.spec.replicas}";
    const shown = await kubectl(["get", "deploy", "by-hand", "-o", image]);
    assert.equal(shown, "registry.fabrikam.com/shop/by-hand:2 2");
    await kubectl(["rollout", "status", "deploy/by-hand", "--timeout=30s"]);
    const table = await kubectl(["get", "deploy", "by-hand"]);
    assert.match(table, /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\s+by-hand +2\/2 +2 +2 +\d+s\s*$/);
    await kubectl(["delete", "deploy", "by-hand", "--wait=true", "--timeout=30s"]);
  });
}
