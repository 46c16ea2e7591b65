import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectKubernetes, type Kubernetes } from "../../../clients/kubernetes/connect.ts";
import { pathFinder } from "../../../clients/kubernetes/find-resource.ts";
import { observer } from "../../../clients/kubernetes/observe.ts";
import { watchCluster } from "../../../clients/kubernetes/watch-cluster.ts";
import { watchKind } from "../../../clients/kubernetes/watch-kind.ts";
import { HttpError, InputError, TerminalError } from "../../../core/errors.ts";
import { eventually } from "../../support/eventually.ts";

type Answer = (response: ServerResponse, url: URL) => void;

const apps = {
  resources: [{ name: "deployments", kind: "Deployment", namespaced: true }],
};
const api = { group: "apps", version: "v1", kind: "Deployment", namespace: "shop", name: "api" };
const starting = {
  ...{ apiVersion: "apps/v1", kind: "Deployment" },
  metadata: { name: "api", generation: 1 },
  spec: { replicas: 1, selector: { matchLabels: { app: "api" } } },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, unavailableReplicas: 1 },
};

describe("what a Kubernetes API answers", () => {
  let folder: string;
  let server: Server;
  let answers: Readonly<Record<string, Answer>> = {};
  let asked: URL[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-kubernetes-"));
    asked = [];
    server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://kubernetes");
      asked.push(url);
      (answers[url.pathname] ?? status(404, "NotFound"))(response, url);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterEach(async () => {
    await new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
    rmSync(folder, { recursive: true });
  });

  function kubernetes(prefix = "", timeoutMs = 5_000): Kubernetes {
    const { port } = server.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}${prefix}`;
    return connectKubernetes({ kubeconfig: kubeconfig(address), timeoutMs });
  }
  function kubeconfig(address: string): string {
    const file = join(folder, "kubeconfig");
    const cluster = { server: address, "insecure-skip-tls-verify": true };
    const text = {
      ...{ apiVersion: "v1", kind: "Config", "current-context": "c" },
      clusters: [{ name: "c", cluster }],
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      users: [{ name: "u", user: { token: "secret" } }],
    };
    writeFileSync(file, JSON.stringify(text));
    return file;
  }

  it("makes a cluster silent where it fails for what is waited for, not for what shows images", async () => {
    const failing = status(500, "InternalError");
    for (const [resource, isSilent] of [
      ["/apis/image.toolkit.fluxcd.io/v1/imagepolicies", false],
      ["/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations", true],
    ] as const) {
      answers = {
        [resource]: failing,
        "/apis": json({ groups: [{ versions: [{ groupVersion: "a/v1" }] }] }),
      };
      const cluster = watchCluster({
        ...{ name: "west", kubernetes: kubernetes() },
        onChange: () => undefined,
      });
      await eventually(`${resource} to fail and the others to be listed`, () => {
        const words = String(cluster.problem()?.message);
        const isRight = (cluster.silent() !== undefined) === isSilent;
        return /500/.test(words) && isRight ? true : undefined;
      });
      cluster.stop();
    }
  });

  it("is asked below the server's own path, as behind a gateway", async () => {
    answers = { "/k8s/clusters/c1/api/v1/pods": json({ items: [] }) };
    assert.deepEqual(await kubernetes("/k8s/clusters/c1/").call("/api/v1/pods"), { items: [] });
  });

  it("is watched there too", async () => {
    const path = "/k8s/clusters/c1/api/v1/pods";
    answers = {
      [path]: (response, url) => {
        if (url.searchParams.get("watch") !== "true") return json({ items: [] })(response, url);
        const object = { metadata: { name: "a", namespace: "n" } };
        response.write(`${JSON.stringify({ type: "ADDED", object })}\n`);
      },
    };
    const watched = watchKind(kubernetes("/k8s/clusters/c1/"), {
      ...{ path: "/api/v1/pods", read: (item) => item, onChange: () => undefined },
    });
    const [object] = await eventually("the object", () =>
      watched.objects().length > 0 ? watched.objects() : undefined,
    );
    watched.stop();
    assert.deepEqual(object, { metadata: { name: "a", namespace: "n" } });
  });

  it("may come from something else, a portal's page", async () => {
    answers = { "/api/v1/pods": (response) => void response.end("<html>Sign in</html>") };
    await assert.rejects(
      kubernetes().call("/api/v1/pods"),
      /No answer from the Kubernetes API at .*: what answers there does not speak JSON/,
    );
  });

  it("is told with the server's reason and what to grant", async () => {
    answers = { "/api/v1/pods": status(403, "Forbidden", "pods is forbidden") };
    await assert.rejects(kubernetes().call("/api/v1/pods?limit=1"), (error: unknown) => {
      assert.ok(error instanceof HttpError);
      assert.deepEqual([error.status, error.code], [403, "Forbidden"]);
      assert.match(error.message, /answered 403 to \/api\/v1\/pods: pods is forbidden$/);
      assert.match(error.hint ?? "", /get, list and watch/);
      return true;
    });
  });

  it("may be a forbidden one: the object's health is then not known, which is no failure", async () => {
    answers = { "/apis/apps/v1": json(apps) };
    const path = "/apis/apps/v1/namespaces/shop/deployments/api";
    answers = { ...answers, [path]: status(403, "Forbidden") };
    const connected = kubernetes();
    const { health } = await observer(connected, pathFinder(connected))(api);
    assert.deepEqual(health, { state: "forbidden" });
  });

  it("leaves the workload's own conditions where its pods may not be read", async () => {
    answers = {
      "/apis/apps/v1": json(apps),
      "/apis/apps/v1/namespaces/shop/deployments/api": json(starting),
      "/api/v1/namespaces/shop/pods": status(403, "Forbidden"),
      "/apis/apps/v1/namespaces/shop/replicasets": status(403, "Forbidden"),
    };
    const connected = kubernetes();
    const { health } = await observer(connected, pathFinder(connected))(api);
    assert.equal(health.state, "in-progress");
  });

  it("may know older versions of Flux only, or not let everything be watched", async () => {
    const list = (...names: readonly string[]) => {
      const items = names.map((name) => ({ metadata: { name, namespace: "n" } }));
      return json({ metadata: { resourceVersion: "7" }, items });
    };
    const flux = "/apis/source.toolkit.fluxcd.io";
    const kustomizations = "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations";
    const releases = "/apis/helm.toolkit.fluxcd.io/v2beta2";
    answers = {
      [`${flux}/v1/gitrepositories`]: list("source"),
      [`${flux}/v1/helmcharts`]: status(404, "NotFound"),
      [`${flux}/v1beta2/helmcharts`]: status(404, "NotFound"),
      [`${flux}/v1/ocirepositories`]: status(403, "Forbidden"),
      [kustomizations]: list("apps"),
      "/apis/helm.toolkit.fluxcd.io/v2/helmreleases": status(404, "NotFound"),
      [`${releases}/helmreleases`]: list("api"),
      [`${releases}/namespaces/n/helmreleases/api`]: json({}),
      "/apis": json({
        groups: [{ versions: [{ groupVersion: "helm.toolkit.fluxcd.io/v2beta2" }] }],
      }),
      [`${flux}/v1`]: json({ resources: [{ name: "gitrepositories" }] }),
    };
    const cluster = watchCluster({
      ...{ name: "west", kubernetes: kubernetes(), onChange: () => undefined },
    });
    try {
      await cluster.listed;
      const kinds = (objects: readonly { readonly kind: string }[]) =>
        objects.map(({ kind }) => kind);
      const all = ["GitRepository", "Kustomization", "HelmRelease"];
      assert.deepEqual(kinds(cluster.flux()), all);
      assert.equal(cluster.flux(), cluster.flux(), "one list until something changes");
      asked = [];
      assert.deepEqual(kinds(await cluster.readFlux()), all);
      // No deployment waits for what writes images to git.
      assert.ok(!asked.some(({ pathname }) => pathname.includes("image.toolkit")));
      assert.equal(cluster.silent(), undefined);
      await cluster.requestReconcile(
        { kind: "HelmRelease", namespace: "n", name: "api" },
        { at: "now", reset: true },
      );
      answers = { ...answers, [kustomizations]: status(403, "Forbidden", "no") };
      await assert.rejects(cluster.readFlux(), /403/);
    } finally {
      cluster.stop();
    }
  });

  it("is listed page by page, and listed again when its version is too old to watch", async () => {
    const path = "/apis/example.com/v1/things";
    let lists = 0;
    const page = (names: readonly string[], more?: string) =>
      json({
        metadata: { resourceVersion: "7", ...(more === undefined ? {} : { continue: more }) },
        items: names.map((name) => ({ metadata: { name, namespace: "n" } })),
      });
    answers = {
      [path]: (response, url) => {
        if (url.searchParams.get("watch") === "true") {
          assert.equal(url.searchParams.get("resourceVersion"), "7");
          const gone = { kind: "Status", code: 410, reason: "Expired" };
          if (lists === 1) response.end(`${JSON.stringify({ type: "ERROR", object: gone })}\n`);
          return;
        }
        if (url.searchParams.get("continue") === "more") return page(["b"])(response, url);
        lists += 1;
        page(["a"], "more")(response, url);
      },
    };
    const watched = watchKind(kubernetes(), {
      path,
      read: (item) => item,
      onChange: () => undefined,
    });
    await watched.listed;
    assert.equal(watched.objects().length, 2);
    await eventually("a second list", () => (lists >= 2 ? true : undefined));
    assert.equal(watched.problem(), undefined);
    watched.stop();
    assert.equal(asked[0]?.searchParams.get("limit"), "500");
  });

  it("is that a kind is gone once what is around it says so, and not before", async () => {
    const path = "/apis/example.com/v1/things";
    let isGone = false;
    const version = { groupVersion: "example.com/v1" };
    answers = {
      [path]: (response, url) => {
        const isWatch = url.searchParams.get("watch") === "true";
        const items = [{ metadata: { name: "a", namespace: "n" } }];
        (isWatch || isGone ? status(404, "NotFound") : json({ items }))(response, url);
      },
      "/apis/example.com/v1": json({ resources: [{ name: "things", kind: "Thing" }] }),
      "/apis": json({ groups: [{ versions: [version] }] }),
    };
    const counts: number[] = [];
    const watched = watchKind(kubernetes(), {
      ...{ path, read: (item) => item },
      onChange: () => void counts.push(watched.objects().length),
    });
    await watched.listed;
    isGone = true;
    await eventually("the contradiction to be a problem", () =>
      /with 404, and has it/.test(String(watched.problem())) ? true : undefined,
    );
    assert.equal(watched.objects().length, 1);
    answers = {
      ...answers,
      "/apis/example.com/v1": status(404, "NotFound"),
      "/apis": json({ groups: [{ versions: [{ groupVersion: "other.com/v1" }] }] }),
    };
    await eventually("the kind to be gone", () => watched.absent() || undefined);
    assert.deepEqual([watched.objects().length, watched.problem()], [0, undefined]);
    watched.stop();
  });

  it("is not waited for longer than it may take", async () => {
    answers = { "/api/v1/pods": () => undefined };
    const silent = kubernetes("", 100);
    await assert.rejects(silent.call("/api/v1/pods"), (error: unknown) => {
      assert.ok(error instanceof HttpError);
      assert.equal(error.code, "kubernetes-unreachable");
      assert.match(error.message, /^No answer from the Kubernetes API at .*no answer in 0\.1 s$/);
      return true;
    });
  });

  it("ends a watch that says nothing beyond its time, answered or not", async () => {
    const watch = () =>
      kubernetes("", 100).watch("/api/v1/pods", {
        query: { timeoutSeconds: 0 },
        onEvent: () => undefined,
        signal: new AbortController().signal,
      });
    answers = { "/api/v1/pods": () => undefined };
    await assert.rejects(watch(), /the watch went silent/);
    answers = { "/api/v1/pods": (response) => response.writeHead(200).flushHeaders() };
    await assert.rejects(watch(), /the watch went silent/);
  });

  it("is none, to a call and to a watch, where signing in fails", async () => {
    const file = kubeconfig("https://kubernetes");
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "absent-sign-in" };
    const config = JSON.parse(readFileSync(file, "utf8")) as object;
    const users = [{ name: "u", user: { exec } }];
    writeFileSync(file, JSON.stringify({ ...config, users }));
    const connected = connectKubernetes({ kubeconfig: file });
    const watch = {
      ...{ query: { timeoutSeconds: 300 }, onEvent: () => undefined },
      signal: new AbortController().signal,
    };
    const unreachable = {
      code: "kubernetes-unreachable",
      message: /^No answer from the Kubernetes API at .*absent-sign-in/,
    };
    await assert.rejects(connected.call("/api/v1/pods"), unreachable);
    await assert.rejects(connected.watch("/api/v1/pods", watch), unreachable);
  });

  it("leaves a watch at once when it is told to", async () => {
    answers = { "/api/v1/pods": (response) => response.writeHead(200).flushHeaders() };
    const controller = new AbortController();
    const watching = kubernetes().watch("/api/v1/pods", {
      ...{ query: { timeoutSeconds: 300 }, onEvent: () => undefined },
      signal: controller.signal,
    });
    await eventually("the watch", () => (asked.length > 0 ? true : undefined));
    let end = "";
    void watching.then(
      () => (end = "ended"),
      (cause: unknown) => (end = String(cause)),
    );
    controller.abort();
    assert.equal(await eventually("the end of the watch", () => end || undefined), "ended");
  });

  it("names a kubeconfig that cannot be read", () => {
    assert.throws(
      () => connectKubernetes({ kubeconfig: join(folder, "absent") }),
      (error: unknown) =>
        error instanceof InputError && /absent: no kubeconfig/.test(error.message),
    );
  });

  it("does not invent a cluster outside of one", () => {
    assert.throws(
      () => connectKubernetes({}),
      (error: unknown) => error instanceof TerminalError && error.code === "no-cluster",
    );
  });
});

function json(body: object): Answer {
  return (response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  };
}

function status(code: number, reason: string, message = "no"): Answer {
  return (response) => {
    response.writeHead(code, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ kind: "Status", status: "Failure", code, reason, message }));
  };
}
