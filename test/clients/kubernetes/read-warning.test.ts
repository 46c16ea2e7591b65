import assert from "node:assert/strict";
import { connectKubernetes } from "../../../clients/kubernetes/connect.ts";
import { pathFinder } from "../../../clients/kubernetes/find-resource.ts";
import { observer } from "../../../clients/kubernetes/observe.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import { anApiServer, type ApiServer } from "../../cli/doctor/an-api-server.ts";
import { connectorFolder, kubeconfigText } from "../../connector/connector-process.ts";

const api = "/apis/apps/v1";
const list = (items: readonly object[]) => ({ items, metadata: { resourceVersion: "1" } });
const meta = (name: string) => ({ name, namespace: "shop", uid: `uid-${name}`, generation: 1 });
const labels = { app: "api" };
const spec = { replicas: 1, selector: { matchLabels: labels } };
const status = { observedGeneration: 1, replicas: 0, updateRevision: "api-1" };
const workload = {
  ...{ apiVersion: "apps/v1", kind: "StatefulSet", metadata: meta("api"), spec, status },
};
const pod = {
  metadata: { ...meta("api-0"), labels: { "controller-revision-hash": "api-1" } },
  status: {
    phase: "Pending",
    conditions: [{ type: "Ready", status: "False" }],
    containerStatuses: [{ name: "main", state: { waiting: { reason: "ContainerCreating" } } }],
  },
};
type Said = { readonly message: string; readonly at: string; readonly name?: string };
const event = (type: string, reason: string, of: Said) => ({
  ...{ type, reason, message: of.message, involvedObject: { uid: `uid-${of.name ?? "api"}` } },
  lastTimestamp: `2026-11-23T12:${of.at}Z`,
});
const identity = {
  group: "apps",
  version: "v1",
  kind: "StatefulSet",
  namespace: "shop",
  name: "api",
};

describe("what only an event says", () => {
  const folder = connectorFolder();
  let server: ApiServer | undefined;
  let asked: string[] = [];
  afterEach(() => server?.close());
  after(() => folder.remove());

  async function observe(of: {
    readonly pods?: readonly object[];
    readonly events?: readonly object[];
    readonly more?: Readonly<Record<string, unknown>>;
    readonly of?: typeof identity;
    readonly times?: number;
  }): Promise<ObservedHealth> {
    asked = [];
    server = await anApiServer({
      [api]: {
        resources: [{ name: "statefulsets", kind: "StatefulSet", namespaced: true }],
      },
      "/api/v1": {
        resources: [
          { name: "persistentvolumeclaims", kind: "PersistentVolumeClaim", namespaced: true },
        ],
      },
      [`${api}/namespaces/shop/statefulsets/api`]: workload,
      "/api/v1/namespaces/shop/pods": list(of.pods ?? []),
      ...(of.events ? { "/api/v1/namespaces/shop/events": list(of.events) } : {}),
      ...of.more,
    });
    const file = folder.write("kubeconfig", kubeconfigText(server.url));
    const real = connectKubernetes({ kubeconfig: file });
    const kubernetes: typeof real = {
      ...real,
      call: (path, options) => {
        asked.push(path);
        return real.call(path, options);
      },
    };
    const look = observer(kubernetes, pathFinder(kubernetes));
    for (let time = 1; time < (of.times ?? 1); time += 1) await look(of.of ?? identity);
    return (await look(of.of ?? identity)).health;
  }
  const causeOf = (health: ObservedHealth) => ("cause" in health ? health.cause : health.state);

  it("is why a volume of the secrets store is not mounted", async () => {
    const message =
      'MountVolume.SetUp failed for volume "secrets": rpc error: failed to get secretproviderclass shop/keys, error: not found';
    const health = await observe({
      pods: [pod],
      events: [
        event("Normal", "Scheduled", { message: "assigned", at: "00:00", name: "api-0" }),
        event("Warning", "FailedMount", { message, at: "00:05", name: "api-0" }),
      ],
    });
    assert.equal(health.state, "in-progress");
    assert.match(causeOf(health), /; FailedMount: MountVolume.*secretproviderclass shop\/keys/);
  });

  it("is why a webhook lets no pod be made", async () => {
    const message =
      'create Pod api-0 failed: admission webhook "policy.x.io" denied the request: no limits';
    const events = [event("Warning", "FailedCreate", { message, at: "00:05" })];
    assert.match(
      causeOf(await observe({ events })),
      /; FailedCreate: .*denied the request: no limits/,
    );
  });

  it("is why a claim gets no volume, although it is told again that it waits", async () => {
    const claim = { group: "", version: "v1", kind: "PersistentVolumeClaim" };
    const health = await observe({
      of: { ...identity, ...claim, name: "data" },
      more: {
        "/api/v1/namespaces/shop/persistentvolumeclaims/data": {
          ...{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: meta("data") },
          status: { phase: "Pending" },
        },
      },
      events: [
        event("Warning", "ProvisioningFailed", {
          message: 'storageclass "fast" not found',
          at: "00:01",
          name: "data",
        }),
        event("Normal", "ExternalProvisioning", {
          message: "waiting for a volume",
          at: "00:09",
          name: "data",
        }),
      ],
    });
    assert.match(causeOf(health), /phase Pending\); ProvisioningFailed: .*"fast" not found/);
  });

  it("is no reason once things went on", async () => {
    const health = await observe({
      pods: [pod],
      events: [
        event("Warning", "FailedScheduling", { message: "no nodes", at: "00:01", name: "api-0" }),
        event("Normal", "Scheduled", { message: "assigned", at: "00:02", name: "api-0" }),
      ],
    });
    assert.doesNotMatch(causeOf(health), /no nodes/);
  });

  it("is said of the object itself, not of another", async () => {
    const of = { message: "another's", at: "00:05", name: "other" };
    const health = await observe({ pods: [pod], events: [event("Warning", "FailedMount", of)] });
    assert.doesNotMatch(causeOf(health), /another's/);
  });

  it("is short, and without what looks like a secret", async () => {
    const message = `denied: token=abcdef0123456789 ${"x".repeat(5_000)}`;
    const events = [event("Warning", "FailedCreate", { message, at: "00:05" })];
    const cause = causeOf(await observe({ events }));
    assert.ok(cause.length < 450 && !cause.includes("abcdef0123456789"), cause);
  });

  it("changes nothing where events are forbidden, and is not asked for again and again", async () => {
    const health = await observe({ pods: [pod], times: 5 });
    assert.equal(health.state, "in-progress");
    assert.equal(asked.filter((path) => path.includes("/events")).length, 1);
  });
});
