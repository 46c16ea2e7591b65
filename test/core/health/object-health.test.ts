// One row for each rule of kstatus (cli-utils pkg/kstatus/status/core.go), and of Flux' own reader.
import assert from "node:assert/strict";
import { objectHealth } from "../../../core/health/object-health.ts";

type Row = readonly [says: string, object: object, then: string];

const observed = { observedGeneration: 1 };
const metadata = { name: "a", namespace: "b", generation: 1 };
function of(apiVersion: string, kind: string) {
  return (spec: object, status: object) => ({ apiVersion, kind, spec, status, metadata });
}
const withMetadata = (object: object, more: object) => ({
  ...object,
  metadata: { ...metadata, ...more },
});
function condition(type: string, status: string, why = "") {
  const [reason, message] = why.split(": ");
  return { type, status, reason, message };
}

const deployment = of("apps/v1", "Deployment");
const counts = (replicas: number) => ({
  ...observed,
  ...{ replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas },
});
const rolledOut = condition("Progressing", "True", "NewReplicaSetAvailable");
const available = [rolledOut, condition("Available", "True")];
const deploymentRows: readonly Row[] = [
  ["done", deployment({ replicas: 2 }, { ...counts(2), conditions: available }), "current"],
  [
    "no pods wanted",
    deployment({ replicas: 0 }, { ...counts(0), conditions: available }),
    "current",
  ],
  ["its controller has not seen it", deployment({ replicas: 2 }, {}), "in-progress"],
  [
    "its controller has seen an older generation",
    withMetadata(deployment({ replicas: 2 }, { ...counts(2), conditions: available }), {
      generation: 2,
    }),
    "in-progress",
  ],
  [
    "one pod of two",
    deployment({ replicas: 2 }, { ...counts(1), conditions: available }),
    "in-progress",
  ],
  [
    "old pods are left",
    deployment({ replicas: 1 }, { ...counts(1), replicas: 2, conditions: available }),
    "in-progress",
  ],
  [
    "not updated",
    deployment({ replicas: 1 }, { ...counts(1), updatedReplicas: 0, conditions: available }),
    "in-progress",
  ],
  [
    "not available",
    deployment({ replicas: 1 }, { ...counts(1), availableReplicas: 0, conditions: available }),
    "in-progress",
  ],
  [
    "not ready",
    deployment({ replicas: 1 }, { ...counts(1), readyReplicas: 0, conditions: available }),
    "in-progress",
  ],
  ["without its conditions", deployment({ replicas: 1 }, counts(1)), "in-progress"],
  [
    "without a deadline it has no Progressing condition",
    deployment(
      { replicas: 1, progressDeadlineSeconds: 2147483647 },
      { ...counts(1), conditions: [condition("Available", "True")] },
    ),
    "current",
  ],
  [
    "its deadline is over",
    deployment(
      { replicas: 1 },
      {
        ...counts(0),
        conditions: [condition("Progressing", "False", "ProgressDeadlineExceeded: too slow")],
      },
    ),
    "failed ProgressDeadlineExceeded: too slow",
  ],
];

const statefulSet = of("apps/v1", "StatefulSet");
const set = { ...counts(2), currentReplicas: 2, currentRevision: "r2", updateRevision: "r2" };
const statefulSetRows: readonly Row[] = [
  ["done", statefulSet({ replicas: 2 }, set), "current"],
  ["a pod is missing", statefulSet({ replicas: 3 }, set), "in-progress"],
  ["not ready", statefulSet({ replicas: 2 }, { ...set, readyReplicas: 1 }), "in-progress"],
  ["a pod too many", statefulSet({ replicas: 1 }, set), "in-progress"],
  ["an old pod", statefulSet({ replicas: 2 }, { ...set, currentReplicas: 1 }), "in-progress"],
  [
    "an old revision",
    statefulSet({ replicas: 2 }, { ...set, currentRevision: "r1" }),
    "in-progress",
  ],
  ...([1, 2] as const).map((updatedReplicas): Row => [
    `updated by hand only, ${updatedReplicas} of 2 pods (kstatus calls it done whatever they run)`,
    statefulSet(
      { replicas: 2, updateStrategy: { type: "OnDelete" } },
      { ...set, updatedReplicas, currentRevision: "r1" },
    ),
    updatedReplicas === 2 ? "current" : "in-progress",
  ]),
  [
    "updated by hand, with a pod that is not ready",
    statefulSet(
      { replicas: 2, updateStrategy: { type: "OnDelete" } },
      { ...set, readyReplicas: 1 },
    ),
    "in-progress",
  ],
  ...([1, 0] as const).map((updatedReplicas): Row => [
    `partition 1 with ${updatedReplicas} updated`,
    statefulSet(
      { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } },
      { ...set, updatedReplicas, currentRevision: "r1" },
    ),
    updatedReplicas === 1 ? "current" : "in-progress",
  ]),
];

const daemonSet = of("apps/v1", "DaemonSet");
const nodes = {
  ...{ ...observed, desiredNumberScheduled: 2, currentNumberScheduled: 2 },
  ...{ updatedNumberScheduled: 2, numberAvailable: 2, numberReady: 2 },
};
const daemonSetRows: readonly Row[] = [
  ["done", daemonSet({}, nodes), "current"],
  ["on no node", daemonSet({}, { ...observed, desiredNumberScheduled: 0 }), "current"],
  ["not looked at", daemonSet({}, observed), "in-progress"],
  ...["currentNumberScheduled", "updatedNumberScheduled", "numberAvailable", "numberReady"].map(
    (field): Row => [`${field} too small`, daemonSet({}, { ...nodes, [field]: 1 }), "in-progress"],
  ),
];

const replicaSet = of("apps/v1", "ReplicaSet");
const replicas = {
  ...{ ...observed, replicas: 2, fullyLabeledReplicas: 2 },
  ...{ availableReplicas: 2, readyReplicas: 2 },
};
const replicaSetRows: readonly Row[] = [
  ["done", replicaSet({ replicas: 2 }, replicas), "current"],
  ["a pod too many", replicaSet({ replicas: 1 }, replicas), "in-progress"],
  [
    "pods cannot be made",
    replicaSet(
      { replicas: 2 },
      { ...replicas, conditions: [condition("ReplicaFailure", "True", "FailedCreate: quota")] },
    ),
    "in-progress",
  ],
  ...["fullyLabeledReplicas", "availableReplicas", "readyReplicas"].map((field): Row => [
    `${field} too small`,
    replicaSet({ replicas: 2 }, { ...replicas, [field]: 1 }),
    "in-progress",
  ]),
];

const job = of("batch/v1", "Job");
const jobRows: readonly Row[] = [
  [
    "has only started: kstatus would call it current",
    job({}, { startTime: "2026-11-23T12:00:00Z" }),
    "in-progress",
  ],
  ["complete", job({}, { conditions: [condition("Complete", "True")] }), "current"],
  [
    "failed",
    job({}, { conditions: [condition("Failed", "True", "BackoffLimitExceeded: gave up")] }),
    "failed BackoffLimitExceeded: gave up",
  ],
  ["suspended", job({}, { conditions: [condition("Suspended", "True")] }), "in-progress"],
];

const pod = of("v1", "Pod");
const podRows: readonly Row[] = [
  ["ready", pod({}, { phase: "Running", conditions: [condition("Ready", "True")] }), "current"],
  ["done", pod({}, { phase: "Succeeded" }), "current"],
  ["not ready", pod({}, { phase: "Running" }), "in-progress"],
  ["pending", pod({}, { phase: "Pending" }), "in-progress"],
  [
    "evicted",
    pod({}, { phase: "Failed", reason: "Evicted", message: "disk" }),
    "failed Evicted: disk",
  ],
  [
    "no node takes it",
    pod(
      {},
      {
        phase: "Pending",
        conditions: [condition("PodScheduled", "False", "Unschedulable: cpu")],
      },
    ),
    "failed Unschedulable: cpu",
  ],
];

const claim = of("v1", "PersistentVolumeClaim");
const service = of("v1", "Service");
const definition = of("apiextensions.k8s.io/v1", "CustomResourceDefinition");
const custom = of("example.com/v1", "Widget");
const ok = condition("Ready", "True");
const otherRows: readonly Row[] = [
  ["a bound claim", claim({}, { phase: "Bound" }), "current"],
  ["a pending claim", claim({}, { phase: "Pending" }), "in-progress"],
  ["a Service", service({ type: "ClusterIP" }, {}), "current"],
  ["a load balancer without an address", service({ type: "LoadBalancer" }, {}), "in-progress"],
  ["a CronJob", of("batch/v1", "CronJob")({}, {}), "current"],
  [
    "an established definition",
    definition({}, { conditions: [condition("Established", "True")] }),
    "current",
  ],
  [
    "a definition that is being installed",
    definition({}, { conditions: [condition("Established", "False", "Installing")] }),
    "in-progress",
  ],
  [
    "a definition whose names are taken",
    definition({}, { conditions: [condition("NamesAccepted", "False", "Conflict: taken")] }),
    "failed Conflict: taken",
  ],
  [
    "a definition whose version is not served",
    definition({}, { conditions: [condition("Established", "False", "NotAccepted: later")] }),
    "failed NotAccepted: later",
  ],
  ["a custom object that says nothing", custom({}, {}), "in-progress"],
  ["one that says something, and nothing bad", custom({}, { endpoint: "a" }), "current"],
  ["one whose conditions are all well", custom({}, { conditions: [ok] }), "current"],
  [
    "one whose Ready is of an older generation",
    withMetadata(custom({}, { conditions: [{ ...ok, observedGeneration: 1 }] }), { generation: 2 }),
    "in-progress",
  ],
  [
    "one that is degraded",
    custom({}, { conditions: [ok, condition("Degraded", "True", "Bad: disk is full")] }),
    "failed Bad: disk is full",
  ],
  [
    "one that was degraded",
    custom({}, { conditions: [condition("Degraded", "False")] }),
    "current",
  ],
  [
    "one in a bad phase",
    custom({}, { phase: "Failed", message: "no room" }),
    "failed Failed: Failed, no room",
  ],
  ["one in a phase of its own", custom({}, { phase: "Serving" }), "current"],
  ...["NotReady", "Deploying", "Suspended", "Blocked by quota", "Errored"].map((phase): Row => [
    `one in phase ${phase}`,
    custom({}, { phase }),
    phase === "Errored" ? "failed Errored: Errored" : "in-progress",
  ]),
  ["one whose status is there, and empty", custom({}, { conditions: [], at: {} }), "in-progress"],
  ["one that says that it is not ready", custom({}, { ready: false }), "in-progress"],
  [
    "one with a condition of its own that does not hold",
    custom({}, { conditions: [condition("Deployed", "False", "Quota: full")] }),
    "in-progress",
  ],
  [
    "one with another that does",
    custom({}, { conditions: [condition("Deployed", "True"), condition("Exposed", "False")] }),
    "current",
  ],
  [
    "one with a condition that is well while it is not true",
    custom({}, { conditions: [condition("DiskPressure", "False")] }),
    "current",
  ],
  [
    "one that is Ready, whatever else it says",
    custom({}, { conditions: [ok, condition("Upgradeable", "False")] }),
    "current",
  ],
  ["one that is being made", custom({}, { phase: "Provisioning" }), "in-progress"],
  [
    "one that is not available",
    custom({}, { conditions: [condition("Available", "False")] }),
    "in-progress",
  ],
  [
    "a custom object that is not Ready",
    custom({}, { conditions: [condition("Ready", "False", "Later: soon")] }),
    "in-progress",
  ],
  [
    "one that reconciles",
    custom({}, { conditions: [condition("Reconciling", "True"), condition("Ready", "True")] }),
    "in-progress",
  ],
  [
    "one that is stalled",
    custom({}, { conditions: [condition("Stalled", "True", "Bad: no")] }),
    "failed Bad: no",
  ],
  [
    "one that is being deleted",
    withMetadata(custom({}, {}), { deletionTimestamp: "2026-11-23T12:00:00Z" }),
    "terminating",
  ],
  [
    "a Deployment of another group",
    of("example.com/v1", "Deployment")({ replicas: 3 }, { replicas: 0 }),
    "current",
  ],
  ["no object at all", {}, "unknown"],
];

describe("objectHealth(): a definition without a status of its own", () => {
  const health = (status?: object) =>
    objectHealth(custom({}, status ?? {}), { hasStatus: false }).state;
  it("is all that there is to know, until somebody writes one all the same", () => {
    assert.deepEqual([health(), health({ phase: "Failed" })], ["current", "failed"]);
  });
});

describe("objectHealth(): a source that is suspended", () => {
  const bucket = of("source.toolkit.fluxcd.io/v1", "Bucket");
  it("is well as it is, until it is deleted", () => {
    const object = bucket({ suspend: true }, { conditions: [condition("Ready", "False")] });
    const deleted = withMetadata(object, { deletionTimestamp: "2026-11-23T12:00:00Z" });
    const states = [object, deleted].map((one) => objectHealth(one).state);
    assert.deepEqual(states, ["current", "terminating"]);
  });
});

describe("objectHealth(): what only a person moves on", () => {
  const cause = (object: object) => {
    const health = objectHealth(object);
    return "cause" in health ? health.cause : health.state;
  };

  it("is said of a paused Deployment", () => {
    const status = { ...counts(2), updatedReplicas: 0, conditions: available };
    assert.match(cause(deployment({ replicas: 2, paused: true }, status)), /^it is paused/);
  });

  it("is said of a DaemonSet whose pods somebody has to delete", () => {
    const spec = { updateStrategy: { type: "OnDelete" } };
    assert.match(cause(daemonSet(spec, { ...nodes, updatedNumberScheduled: 1 })), /OnDelete/);
  });

  it("is said of a claim that has not grown", () => {
    const claim = of("v1", "PersistentVolumeClaim");
    const spec = { resources: { requests: { storage: "2Gi" } } };
    const bound = (storage: string) => ({
      ...{ phase: "Bound", capacity: { storage } },
      conditions: [condition("FileSystemResizePending", "True", "x: restart the pod")],
    });
    assert.match(cause(claim(spec, bound("1Gi"))), /has 1Gi of 2Gi .*restart the pod/);
    assert.equal(cause(claim(spec, bound("2048Mi"))), "current");
  });
});

const tables = {
  ...{ Deployment: deploymentRows, StatefulSet: statefulSetRows, DaemonSet: daemonSetRows },
  ReplicaSet: replicaSetRows,
  ...{ Job: jobRows, Pod: podRows, "other kinds": otherRows },
};

for (const [title, rows] of Object.entries(tables)) {
  describe(`objectHealth(): ${title}`, () => {
    for (const [says, object, then] of rows) {
      it(`${says}: ${then}`, () => {
        const health = objectHealth(object);
        const failed = health.state === "failed" ? ` ${health.reason}: ${health.cause}` : "";
        assert.equal(`${health.state}${failed}`, then);
      });
    }
  });
}
