import assert from "node:assert/strict";
import { workloadReader } from "../../../clients/kubernetes/read-workloads.ts";
import { HttpError } from "../../../core/errors.ts";

const identity = (name: string) => ({
  ...{ group: "apps", version: "v1", kind: "Deployment", namespace: "shop", name },
});
const deployment = (name: string) => ({
  ...{ apiVersion: "apps/v1", kind: "Deployment" },
  metadata: { name, namespace: "shop", uid: `d-${name}`, generation: 1 },
  spec: { template: { spec: { containers: [{ name, image: `${name}:1` }] } } },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1 },
});
const owned = (name: string, uid: string, status: object = {}) => ({
  metadata: { name, uid: `u-${name}`, ownerReferences: [{ uid }] },
  spec: { containers: [{ name: "c", image: "api:1" }] },
  status,
});
const waiting = { waiting: { reason: "ImagePullBackOff", message: "hunter2" } };
const broken = {
  phase: "Pending",
  containerStatuses: [{ name: "c", ready: false, restartCount: 0, state: waiting }],
};

/** An API server of two Deployments, one of which has a pod that cannot start. */
function reader(answers: Readonly<Record<string, () => unknown>> = {}) {
  const asked: string[] = [];
  const known: Readonly<Record<string, () => unknown>> = {
    "/api": () => deployment("api"),
    "/web": () => deployment("web"),
    "/api/v1/namespaces/shop/pods": () => ({
      items: [owned("api-1", "u-api-rs", broken), owned("stranger", "other")],
    }),
    "/apis/apps/v1/namespaces/shop/replicasets": () => ({ items: [owned("api-rs", "d-api")] }),
    ...answers,
  };
  const read = workloadReader(
    {
      server: "https://10.0.0.1",
      serverTime: () => undefined,
      call: async (path) => {
        const [bare = ""] = path.split("?");
        asked.push(bare);
        const answer = known[bare];
        if (answer === undefined) throw new HttpError("no", { code: "NotFound", status: 404 });
        return answer();
      },
      watch: async () => undefined,
    },
    async ({ name }) => ({ path: `/${name}`, hasStatus: true }),
  );
  return { read, asked };
}

describe("the workloads of a cluster", () => {
  it("are read with the pods that they own, a namespace's pods once", async () => {
    const { read, asked } = reader();
    const { workloads, gaps } = await read([identity("api"), identity("web")]);
    const [api, web] = workloads;
    assert.equal(api?.health.state, "failed");
    assert.deepEqual(api.images, ["api:1"]);
    assert.deepEqual(
      api.detail.pods?.map(({ name, reason }) => [name, reason]),
      [["api-1", "ImagePullBackOff"]],
    );
    assert.deepEqual(web?.detail.pods, []);
    assert.equal(asked.filter((path) => path.endsWith("/pods")).length, 1);
    assert.deepEqual(gaps, []);
    assert.doesNotMatch(JSON.stringify(workloads.map(({ detail }) => detail)), /hunter2/);
  });

  it("are known without pods where these may not be read, and that is said without addresses", async () => {
    const forbidden = () => {
      throw new HttpError("https://10.0.0.1 says no", { code: "Forbidden", status: 403 });
    };
    const { read } = reader({ "/api/v1/namespaces/shop/pods": forbidden });
    const { workloads, gaps } = await read([identity("api")]);
    assert.equal(workloads[0]?.health.state, "in-progress");
    assert.equal(workloads[0]?.detail.pods, undefined);
    assert.deepEqual(gaps, [
      "Pods in namespace shop are not known: the connector may not read them",
    ]);
  });

  it("do not stop each other: absent, forbidden and unanswered are told apart", async () => {
    const failing = (status: number) => () => {
      throw new HttpError("no", { code: "x", status });
    };
    const { read } = reader({ "/forbidden": failing(403), "/cut": failing(0) });
    const { workloads } = await read(["gone", "forbidden", "cut", "web"].map(identity));
    assert.deepEqual(
      workloads.map(({ health }) => health.state),
      ["missing", "forbidden", "unknown", "in-progress"],
    );
  });

  it("tell events and log lines only when asked to, without what looks like a secret", async () => {
    const { read } = reader({
      "/api/v1/namespaces/shop/events": () => ({
        items: [{ type: "Warning", reason: "Failed", message: "password=hunter2", count: 3 }],
      }),
      "/api/v1/namespaces/shop/pods/api-1/log": () => "starting\ntoken=hunter2\n",
    });
    const silent = await read([identity("api")]);
    assert.equal(silent.workloads[0]?.detail.events, undefined);
    const { workloads } = await read([identity("api")], { events: true, logLines: 5 });
    const { events = [], logs } = workloads[0]?.detail ?? {};
    assert.deepEqual(events.map(({ reason, count }) => [reason, count])[0], ["Failed", 3]);
    assert.deepEqual(logs, { container: "c", lines: ["starting", "token=***"] });
    assert.doesNotMatch(JSON.stringify(events), /hunter2/);
  });
});
