// Objects that lack exactly one thing: none of them may be current, and each says what it lacks.
import assert from "node:assert/strict";
import { objectHealth } from "../../../core/health/object-health.ts";
import { conditionsOf, healthObject } from "./health-object.ts";

type Row = readonly [object: object, then: string];

const rolledOut = "Progressing True NewReplicaSetAvailable";
const pods = (count: number) => ({
  ...{ replicas: count, updatedReplicas: count, readyReplicas: count, availableReplicas: count },
});
const deployment = (status: object, spec: object = { replicas: 3 }) =>
  healthObject("apps/v1 Deployment", spec, {
    ...pods(3),
    ...conditionsOf(rolledOut, "Available True"),
    ...status,
  });
const deployments: readonly Row[] = [
  [deployment({}), "current"],
  [deployment({ replicas: 2 }), "in-progress 2 of 3 pods made"],
  [deployment({ updatedReplicas: 1 }), "in-progress 1 of 3 pods updated"],
  [deployment({ replicas: 5 }), "in-progress 2 old pods still there"],
  [deployment({ availableReplicas: 2 }), "in-progress 2 of 3 pods available"],
  [deployment({ readyReplicas: 0 }), "in-progress 0 of 3 pods ready"],
  [
    deployment(conditionsOf("Available True")),
    "in-progress its new ReplicaSet is not available yet",
  ],
  [
    deployment(conditionsOf("Progressing True ReplicaSetUpdated", "Available True")),
    "in-progress its new ReplicaSet is not available yet",
  ],
  [
    deployment(conditionsOf("Progressing Unknown NewReplicaSetAvailable", "Available True")),
    "in-progress its new ReplicaSet is not available yet",
  ],
  [
    // Words of another condition are not those of Progressing.
    deployment(conditionsOf("Other True NewReplicaSetAvailable", "Available True")),
    "in-progress its new ReplicaSet is not available yet",
  ],
  [
    deployment(
      conditionsOf(
        "Progressing True Other",
        rolledOut,
        "Other False ProgressDeadlineExceeded",
        "Available True",
      ),
    ),
    "current",
  ],
  [deployment(conditionsOf(rolledOut)), "in-progress it is not available yet"],
  [deployment(conditionsOf(rolledOut, "Available False")), "in-progress it is not available yet"],
  [
    deployment(conditionsOf("Available False"), {
      ...{ replicas: 3, progressDeadlineSeconds: 2 ** 31 - 1 },
    }),
    "in-progress it is not available yet",
  ],
  [
    deployment(conditionsOf("Progressing False ProgressDeadlineExceeded")),
    "failed ProgressDeadlineExceeded: no progress in time",
  ],
  [deployment({ replicas: 2 }, {}), "in-progress 1 old pods still there"],
  [deployment({}, { replicas: 3, paused: true }), "current"],
  [
    deployment({ updatedReplicas: 0 }, { replicas: 3, paused: true }),
    "in-progress it is paused (spec.paused), so nothing of it is rolled out: 0 of 3 pods updated",
  ],
  [
    healthObject("apps/v1 Deployment", {}, { observedGeneration: undefined }),
    "in-progress its controller has not seen it yet",
  ],
];

const statefulSet = (status: object, spec: object = { replicas: 3 }) =>
  healthObject("apps/v1 StatefulSet", spec, {
    ...{ ...pods(3), currentReplicas: 3, currentRevision: "r2", updateRevision: "r2" },
    ...status,
  });
const partition = (count: number, more: object = {}) => ({
  ...{ replicas: 3, updateStrategy: { rollingUpdate: { partition: count } } },
  ...more,
});
const onDelete = { replicas: 3, updateStrategy: { type: "OnDelete" } };
const statefulSets: readonly Row[] = [
  [statefulSet({}), "current"],
  [statefulSet({ replicas: 2 }), "in-progress 2 of 3 pods made"],
  [statefulSet({ replicas: undefined }), "in-progress 0 of 3 pods made"],
  [statefulSet({ readyReplicas: 1 }), "in-progress 1 of 3 pods ready"],
  [statefulSet({ replicas: 5 }), "in-progress 2 pods still to be removed"],
  [statefulSet({}, {}), "in-progress 2 pods still to be removed"],
  [statefulSet({ currentReplicas: 2 }), "in-progress 2 of 3 pods at the current revision"],
  [statefulSet({ currentRevision: "r1" }), "in-progress not every pod is at the new revision"],
  [statefulSet({ updatedReplicas: 1, currentReplicas: 0 }, partition(2)), "current"],
  [statefulSet({ updatedReplicas: 0 }, partition(2)), "in-progress 0 of 1 pods updated"],
  // More is held back than there are pods.
  [statefulSet({ updatedReplicas: 0, currentReplicas: 0 }, partition(4)), "current"],
  // What the API server writes where nobody holds pods back.
  [statefulSet({ updatedReplicas: 2 }, partition(0)), "in-progress 2 of 3 pods updated"],
  [
    statefulSet({ currentReplicas: 2 }, partition(0)),
    "in-progress 2 of 3 pods at the current revision",
  ],
  [statefulSet({ currentReplicas: 0, currentRevision: "r1" }, onDelete), "current"],
  [
    statefulSet({ updatedReplicas: 1 }, onDelete),
    "in-progress 1 of 3 pods at the new revision: its update strategy is OnDelete, so somebody has to delete the others",
  ],
];

const daemonSet = (status: object, spec: object = {}) =>
  healthObject("apps/v1 DaemonSet", spec, {
    ...{ desiredNumberScheduled: 2, currentNumberScheduled: 2, updatedNumberScheduled: 2 },
    ...{ numberAvailable: 2, numberReady: 2, ...status },
  });
const unseen = "in-progress its controller has not looked at it yet";
const daemonSets: readonly Row[] = [
  [daemonSet({}), "current"],
  [daemonSet({ desiredNumberScheduled: undefined }), unseen],
  [{ ...daemonSet({}), metadata: { name: "a" } }, unseen],
  [daemonSet({ currentNumberScheduled: 1 }), "in-progress 1 of 2 pods scheduled"],
  [daemonSet({ updatedNumberScheduled: undefined }), "in-progress 0 of 2 pods updated"],
  [daemonSet({ numberAvailable: 1 }), "in-progress 1 of 2 pods available"],
  [daemonSet({ numberReady: 1 }), "in-progress 1 of 2 pods ready"],
  [
    daemonSet({ numberReady: 1 }, { updateStrategy: { type: "OnDelete" } }),
    "in-progress 1 of 2 pods ready",
  ],
  [
    daemonSet({ updatedNumberScheduled: 1 }, { updateStrategy: { type: "OnDelete" } }),
    "in-progress 1 of 2 pods at the new revision: its update strategy is OnDelete, so somebody has to delete the others",
  ],
  [
    daemonSet({ updatedNumberScheduled: 1 }, { updateStrategy: { type: "RollingUpdate" } }),
    "in-progress 1 of 2 pods updated",
  ],
];

const replicaSet = (status: object, spec: object = { replicas: 2 }) =>
  healthObject("apps/v1 ReplicaSet", spec, {
    ...{ replicas: 2, fullyLabeledReplicas: 2, availableReplicas: 2, readyReplicas: 2 },
    ...status,
  });
const replicaSets: readonly Row[] = [
  [replicaSet({}), "current"],
  [replicaSet({ fullyLabeledReplicas: 1 }), "in-progress 1 of 2 pods labelled"],
  [replicaSet({ availableReplicas: undefined }), "in-progress 0 of 2 pods available"],
  [replicaSet({ readyReplicas: 1 }), "in-progress 1 of 2 pods ready"],
  [replicaSet({ replicas: 3 }), "in-progress 1 pods still to be removed"],
  [replicaSet({}, {}), "in-progress 1 pods still to be removed"],
  [replicaSet(conditionsOf("ReplicaFailure True FailedCreate: quota")), "in-progress quota"],
  [replicaSet(conditionsOf("ReplicaFailure True FailedCreate")), "in-progress pods cannot be made"],
  [replicaSet(conditionsOf("ReplicaFailure False FailedCreate: quota")), "current"],
];

const job = (status: object, spec: object = {}) => healthObject("batch/v1 Job", spec, status);
const jobs: readonly Row[] = [
  [job(conditionsOf("Complete True")), "current"],
  [job(conditionsOf("Complete False")), "in-progress 0 of 1 completed"],
  [job(conditionsOf("Failed False")), "in-progress 0 of 1 completed"],
  [job(conditionsOf("Failed True")), "failed JobFailed: the Job has failed"],
  [job(conditionsOf("Suspended True")), "in-progress the Job is suspended"],
  [job({ succeeded: 2 }, { completions: 3 }), "in-progress 2 of 3 completed"],
];

const pod = (status: object) => healthObject("v1 Pod", {}, status);
const pulling = {
  containerStatuses: [{ name: "main", image: "i", state: { waiting: { reason: "ErrImagePull" } } }],
};
const podRows: readonly Row[] = [
  [pod({ phase: "Succeeded", ...pulling }), "current"],
  [pod({ phase: "Failed" }), "failed PodFailed: the pod has failed"],
  [
    pod({ phase: "Failed", reason: "Evicted", message: "disk", ...pulling }),
    "failed Evicted: disk",
  ],
  [
    pod({ phase: "Failed", ...pulling }),
    "failed ErrImagePull: pod a, container main: ErrImagePull of image i",
  ],
  [
    pod({ phase: "Pending", ...pulling }),
    "failed ErrImagePull: pod a, container main: ErrImagePull of image i",
  ],
  [
    pod({ phase: "Running", ...conditionsOf("Ready False") }),
    "in-progress the pod runs but is not ready",
  ],
  [pod({}), "in-progress the pod has no phase yet"],
  [
    pod({ phase: "Unknown", ...conditionsOf("Ready True") }),
    "in-progress the pod has no phase yet",
  ],
  [pod({ phase: "Pending" }), "in-progress the pod is pending"],
  [
    pod({ phase: "Pending", ...conditionsOf("PodScheduled False Unschedulable") }),
    "failed Unschedulable: no node can take the pod",
  ],
  [
    pod({ phase: "Pending", ...conditionsOf("PodScheduled False SchedulingGated: held") }),
    "in-progress the pod is pending",
  ],
  [
    pod({ phase: "Pending", ...conditionsOf("PodScheduled True Unschedulable: x") }),
    "in-progress the pod is pending",
  ],
];

const claim = (storage: string, status: object) =>
  healthObject("v1 PersistentVolumeClaim", { resources: { requests: { storage } } }, status);
const service = (spec: object) => healthObject("v1 Service", spec, {});
const definition = (...conditions: readonly string[]) =>
  healthObject("apiextensions.k8s.io/v1 CustomResourceDefinition", {}, conditionsOf(...conditions));
const others: readonly Row[] = [
  [claim("1Gi", {}), "in-progress the claim is not bound (phase unknown)"],
  [claim("1Gi", { phase: "Lost" }), "in-progress the claim is not bound (phase Lost)"],
  [claim("2Gi", { phase: "Bound" }), "current"],
  [claim("2Gi", { phase: "Bound", capacity: { storage: "3Gi" } }), "current"],
  [
    claim("2Gi", { phase: "Bound", capacity: { storage: "1Gi" }, ...conditionsOf("Other False") }),
    "in-progress the claim has 1Gi of 2Gi",
  ],
  [
    claim("2Gi", {
      phase: "Bound",
      capacity: { storage: "1Gi" },
      ...conditionsOf("Resizing True"),
    }),
    "in-progress the claim has 1Gi of 2Gi (Resizing)",
  ],
  [
    claim("2Gi", {
      ...{ phase: "Bound", capacity: { storage: "1Gi" } },
      ...conditionsOf("Resizing True x: slow disk"),
    }),
    "in-progress the claim has 1Gi of 2Gi (Resizing: slow disk)",
  ],
  [service({ type: "LoadBalancer" }), "in-progress it has no cluster IP yet"],
  [service({ type: "LoadBalancer", clusterIP: "10.0.0.1" }), "current"],
  [service({ type: "NodePort" }), "current"],
  [definition("Established True", "NamesAccepted True"), "current"],
  [definition("NamesAccepted True"), "in-progress it is being installed"],
  [definition("Established False Installing"), "in-progress it is being installed"],
  [definition("Established False", "NamesAccepted True"), "failed Established: "],
  [definition("Established True", "NamesAccepted False Taken: by b"), "failed Taken: by b"],
  // kstatus' generic rules, for every kind.
  [
    healthObject("v1 Secret", {}, conditionsOf("Reconciling True")),
    "in-progress it is reconciling",
  ],
  [healthObject("v1 Secret", {}, conditionsOf("Reconciling True Later")), "in-progress Later"],
  [healthObject("v1 Secret", {}, conditionsOf("Reconciling True Later: soon")), "in-progress soon"],
  [healthObject("v1 Secret", {}, conditionsOf("Reconciling False", "Stalled False")), "current"],
  [healthObject("v1 Secret", {}, conditionsOf("Stalled True")), "failed Stalled: "],
  [healthObject("v1 Secret", {}, conditionsOf("Other True Bad: x")), "current"],
  [
    healthObject("v1 Secret", {}, { observedGeneration: 0 }),
    "in-progress its controller has seen generation 0 of 1",
  ],
  [
    healthObject("v1 Secret", {}, conditionsOf("Ready False Later: soon")),
    "in-progress Later: soon",
  ],
  [healthObject("v1 Secret", {}, conditionsOf("Ready Unknown Later")), "in-progress Later"],
  [healthObject("v1 Secret", {}, conditionsOf("Ready True Later: soon")), "current"],
  [{ kind: "Pod", status: { phase: "Succeeded" } }, "current"],
  [{ apiVersion: "v1" }, "unknown it is no Kubernetes object"],
];

const tables = { deployments, statefulSets, daemonSets, replicaSets, jobs, pods: podRows, others };

for (const [title, rows] of Object.entries(tables)) {
  describe(`what is not well yet says what it lacks: ${title}`, () => {
    for (const [index, [object, then]] of rows.entries()) {
      it(`${index + 1}: ${then}`, () => {
        const health = objectHealth(object);
        const reason = health.state === "failed" ? `${health.reason}: ` : "";
        const cause = "cause" in health ? ` ${reason}${health.cause}` : "";
        assert.equal(`${health.state}${cause}`, then);
      });
    }
  });
}
