import assert from "node:assert/strict";
import fc from "fast-check";
import { type EnvironmentSnapshot, parseSnapshot } from "../../../core/environment-snapshot.ts";
import { changedByOthers } from "../../../core/health/changed-by-others.ts";
import { podFacts } from "../../../core/health/pod-facts.ts";
import { redacted } from "../../../core/health/redacted.ts";
import { splitSnapshot } from "../../../core/snapshot/pages.ts";
import { parsePage } from "../../../core/snapshot/parse-snapshot.ts";
import { nextRollouts } from "../../../core/snapshot/rollouts.ts";
import { imagesOf, mostPods, workloadDetail } from "../../../core/snapshot/workload-detail.ts";

const pod = (name: string, status: object) => ({ metadata: { name }, status });

describe("what a snapshot says of a pod", () => {
  it("is its phase, readiness, restarts and reason, and no message", () => {
    const facts = podFacts({
      metadata: { name: "api-1" },
      spec: { containers: [{ name: "api", image: "api:2" }, { name: "proxy" }] },
      status: {
        phase: "Running",
        containerStatuses: [
          { name: "proxy", ready: true, restartCount: 0, state: { running: {} } },
          {
            ...{ name: "api", ready: false, restartCount: 7 },
            state: { waiting: { reason: "CrashLoopBackOff", message: "back-off hunter2" } },
            lastState: { terminated: { exitCode: 137, reason: "OOMKilled", message: "hunter2" } },
          },
        ],
      },
    });
    assert.deepEqual(facts, {
      ...{ name: "api-1", phase: "Running", ready: 1, containers: 2, restarts: 7 },
      ...{ reason: "CrashLoopBackOff", exitCode: 137 },
    });
  });

  it("is the scheduler's reason while no node takes it, and what ended a container before", () => {
    const conditions = [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }];
    assert.equal(podFacts(pod("a", { phase: "Pending", conditions })).reason, "Unschedulable");
    const lastState = { terminated: { exitCode: 137, reason: "OOMKilled" } };
    const containerStatuses = [{ name: "a", ready: true, restartCount: 1, lastState }];
    assert.equal(podFacts(pod("a", { phase: "Running", containerStatuses })).reason, "OOMKilled");
  });

  it("shows the troubled ones of many", () => {
    const well = Array.from({ length: 30 }, (_, n) => pod(`well-${n}`, { phase: "Running" }));
    const ill = pod("ill", { phase: "Failed", reason: "Evicted" });
    const { pods = [], podsLeftOut } = workloadDetail({ kind: "Deployment" }, [...well, ill]);
    assert.equal(pods[0]?.name, "ill");
    assert.equal(pods.length + (podsLeftOut ?? 0), 31);
    assert.equal(pods.length, mostPods);
  });

  it("tells pods that cannot be read from none", () => {
    assert.equal(workloadDetail({ kind: "Deployment" }, undefined).pods, undefined);
    assert.deepEqual(workloadDetail({ kind: "Deployment" }, []).pods, []);
  });
});

describe("images of a workload", () => {
  it("are those of init containers, sidecars and cron jobs too", () => {
    const spec = {
      initContainers: [{ image: "init:1" }],
      containers: [{ image: "a:1" }, { image: "b:2" }],
    };
    const template = { spec };
    assert.deepEqual(imagesOf({ kind: "Deployment", spec: { template } }), [
      "init:1",
      "a:1",
      "b:2",
    ]);
    const cron = { kind: "CronJob", spec: { jobTemplate: { spec: { template } } } };
    assert.deepEqual(imagesOf(cron), ["init:1", "a:1", "b:2"]);
  });
});

describe("drift", () => {
  const object = (...managedFields: readonly object[]) => ({ metadata: { managedFields } });
  const replicas = { "f:spec": { "f:replicas": {} } };

  it("is what somebody else than Flux and the cluster's controllers wrote, by field", () => {
    const image = {
      "f:spec": {
        "f:template": {
          "f:spec": { "f:containers": { 'k:{"name":"api"}': { ".": {}, "f:image": {} } } },
        },
      },
    };
    const found = changedByOthers(
      object(
        { manager: "kustomize-controller", fieldsV1: image },
        { manager: "kube-controller-manager", subresource: "scale", fieldsV1: replicas },
        { manager: "kubelet", subresource: "status", fieldsV1: { "f:status": {} } },
        { manager: "kubectl-edit", time: "2026-11-23T10:00:00Z", fieldsV1: image },
      ),
    );
    assert.deepEqual(found, [
      {
        manager: "kubectl-edit",
        at: "2026-11-23T10:00:00Z",
        fields: ["spec.template.spec.containers[api].image"],
      },
    ]);
  });

  it("is bounded, whatever somebody writes", () => {
    let deep: object = {};
    for (let n = 0; n < 5_000; n += 1) deep = { "f:a": deep };
    assert.equal(changedByOthers(object({ manager: "x", fieldsV1: { "f:spec": deep } })).length, 1);
  });
});

describe("a line of a log", () => {
  const secrets: readonly string[] = [
    "password=hunter2",
    'apiKey: "hunter2"',
    "postgres://shop:hunter2@db:5432/shop",
    "Authorization: Bearer hunter2hunter2",
    "Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=hunter2/AbC=;",
    "token eyJhbGciOiJIUzI1NiJ9.hunter2hunter2.c2lnbmF0dXJl",
  ];
  for (const line of secrets) {
    it(`keeps ${line.slice(0, 14)}… to itself`, () =>
      assert.doesNotMatch(redacted(line), /hunter2/));
  }

  it("stays readable", () => {
    const line = "2026-11-23 ERROR cannot open config.yaml: no such file (image sha256:0a1b2c)";
    assert.equal(redacted(line), line);
  });
});

describe("the times of a rollout", () => {
  const commit = "c".repeat(40);
  const look = { commit, fetched: false, applied: false, healthy: false };
  const minute = (n: number) => `2026-11-23T10:${String(n).padStart(2, "0")}:00Z`;

  it("are those of the looks that saw them first", () => {
    let list = nextRollouts([], { ...look, at: minute(1), lastLookAt: minute(0) });
    list = nextRollouts(list, { ...look, fetched: true, at: minute(2), lastLookAt: minute(1) });
    list = nextRollouts(list, {
      ...look,
      fetched: true,
      applied: true,
      healthy: true,
      at: minute(3),
      lastLookAt: minute(2),
    });
    list = nextRollouts(list, { ...look, at: minute(4), lastLookAt: minute(3) });
    assert.deepEqual(list, [
      { commit, fetchedAt: minute(2), appliedAt: minute(3), healthyAt: minute(3) },
    ]);
  });

  it("stay unknown where nobody looked at the time", () => {
    const all = { fetched: true, applied: true, healthy: true };
    const [first] = nextRollouts([], { ...look, ...all, at: minute(30), lastLookAt: undefined });
    assert.deepEqual(first, { commit });
    const [late] = nextRollouts([], { ...look, ...all, at: minute(30), lastLookAt: minute(1) });
    assert.deepEqual(late, { commit });
  });
});

describe("a document that anybody wrote", () => {
  const wild = fc.anything({ maxDepth: 5 });
  const shape = fc.record({
    environment: fc.constant("prod"),
    cluster: fc.constant("weu"),
    observedAt: fc.constant("2026-11-23T10:00:00Z"),
    objects: fc.oneof(wild, fc.array(fc.record({ conditions: wild, applied: wild, name: wild }))),
    workloads: fc.oneof(
      wild,
      fc.array(
        fc.record({
          pods: wild,
          images: wild,
          logs: wild,
          events: wild,
          replicas: wild,
          changedBy: wild,
        }),
      ),
    ),
    rollouts: wild,
    pages: wild,
    gaps: wild,
  });

  it("is read without an error, whatever stands in it", () => {
    fc.assert(
      fc.property(shape, (document) => {
        assert.equal(parseSnapshot(document)?.environment, "prod");
        parsePage({ ...document, id: "x", digest: "y" });
      }),
    );
  });

  it("tells of each Kustomization which folder it applies and whether it prunes, also of very many", () => {
    const of = (name: string, path: string) => ({
      ...{ kind: "Kustomization", namespace: "flux-system", name, phase: "in-sync", cause: "" },
      ...{ path, prune: path === "", applied: 3 },
    });
    const objects = [
      of("all", ""),
      of("apps", "prod"),
      ...Array.from({ length: 600 }, () => of("x", "x")),
    ];
    const all = parseSnapshot({ environment: "prod", cluster: "c", observedAt: "2026-11-23" });
    const whole = { ...(all ?? assert.fail("not read")), objects } as EnvironmentSnapshot;
    const { document, pages } = splitSnapshot(whole, String);
    assert.ok(pages.length > 0);
    const read = parseSnapshot(JSON.parse(JSON.stringify(document)))?.objects ?? [];
    assert.deepEqual(
      read.slice(0, 2).map(({ path, prune }) => [path, prune]),
      [
        ["", true],
        ["prod", false],
      ],
    );
  });

  it("has bounded texts", () => {
    const long = "x".repeat(100_000);
    const workload = {
      name: long,
      pods: [{ name: long, reason: long }],
      images: [long],
      appliedBy: long,
    };
    const snapshot = parseSnapshot({
      ...{ environment: "prod", cluster: "weu", observedAt: "2026-11-23T10:00:00Z" },
      workloads: [workload],
    });
    assert.ok(JSON.stringify(snapshot).length < 4_000);
  });

  it("is overdue within a day, whatever somebody writes", () => {
    const every = (value: unknown) =>
      parseSnapshot({
        ...{ environment: "prod", cluster: "weu", observedAt: "2026-11-23T10:00:00Z" },
        every: value,
      })?.every;
    assert.equal(every(1e15), 43_200_000);
    assert.deepEqual(
      [every(60_000), every("soon"), every(undefined)],
      [60_000, undefined, undefined],
    );
  });

  it("of version 1 has no details, and all it had", () => {
    const snapshot = parseSnapshot({
      ...{ environment: "prod", cluster: "weu", observedAt: "2026-11-23T10:00:00Z", active: true },
      objects: [{ kind: "Kustomization", name: "a", namespace: "b", phase: "in-sync", cause: "" }],
      workloads: [
        {
          kind: "Deployment",
          name: "a",
          namespace: "b",
          images: ["a:1"],
          health: "current",
          cause: "",
        },
      ],
    });
    assert.equal(snapshot?.version, undefined);
    assert.equal(snapshot?.objects[0]?.phase, "in-sync");
    assert.deepEqual(snapshot?.workloads[0]?.images, ["a:1"]);
    assert.equal(snapshot?.workloads[0]?.pods, undefined);
  });

  it("say where a newer connector wrote them, whatever else they hold", () => {
    const observedAt = "2026-11-23T10:00:00Z";
    const written = { environment: "prod", cluster: "weu", observedAt, gaps: ["no rights"] };
    const gaps = (version: number) => parseSnapshot({ ...written, version })?.gaps;
    assert.deepEqual(gaps(2), ["no rights"]);
    assert.match(gaps(3)?.[1] ?? "", /^A newer connector wrote it/);
  });
});
