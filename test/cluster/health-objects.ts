// Objects as the API could give them, few values for each field, so that counts, generations and
// conditions meet in every order.
import fc from "fast-check";
import type { HealthExpressions } from "../../core/health/expressions.ts";

export type Question = {
  readonly object: Readonly<Record<string, unknown>>;
  readonly expressions?: HealthExpressions;
};

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;
const some = (fields: Fields) => fc.record(fields, { requiredKeys: [] });
const count = fc.integer({ min: 0, max: 2 });
const counts = (...names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, count]));
// Mostly full counts, else hardly an object would be current.
const full = (...names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 0, 2)]));
const word = fc.constantFrom("True", "False", "Unknown");

function conditions(reasons: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<unknown> {
  const types = Object.keys(reasons);
  const one = fc.constantFrom(...types, ...types, "Reconciling", "Stalled", "Ready").chain((type) =>
    fc.record(
      {
        type: fc.constant(type),
        status:
          type === "Reconciling" || type === "Stalled"
            ? fc.constantFrom("False", "True", "False", "False")
            : word,
        reason: fc.constantFrom(...(reasons[type] ?? ["Why"])),
        message: fc.constant("why"),
        observedGeneration: fc.constantFrom(2, 2, 2, 1),
      },
      { requiredKeys: ["type", "status"] },
    ),
  );
  return fc.uniqueArray(one, { maxLength: 5, selector: ({ type }) => type });
}

const metadata = fc.record(
  {
    name: fc.constant("a"),
    namespace: fc.constant("b"),
    generation: fc.constantFrom(2, 2, 2, 1, 3),
    creationTimestamp: fc.constant("2026-01-01T00:00:00Z"),
    deletionTimestamp: fc.constant("2026-01-01T00:00:00Z"),
  },
  { requiredKeys: ["name", "creationTimestamp"] },
);
const rarelyDeleted = fc
  .tuple(metadata, fc.integer({ min: 0, max: 9 }))
  .map(([{ deletionTimestamp, ...rest }, dice]) =>
    dice === 0 && deletionTimestamp !== undefined ? { ...rest, deletionTimestamp } : rest,
  );
const seen: Fields = { observedGeneration: fc.constantFrom(2, 2, 2, 2, 1, 3) };

function kind(type: string, spec: Fields, status: Fields): fc.Arbitrary<Question> {
  const [apiVersion, name] = type.split(" ");
  return fc
    .record(
      { metadata: rarelyDeleted, spec: some(spec), status: some(status) },
      { requiredKeys: ["metadata"] },
    )
    .map((rest) => ({ object: { apiVersion, kind: name, ...rest } }));
}

const strategy = fc.constantFrom(
  { type: "RollingUpdate" },
  { type: "OnDelete" },
  { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
  { rollingUpdate: { partition: 1 } },
  { rollingUpdate: { partition: 2 } },
);
const waiting = (reason: string) => ({ name: "c", state: { waiting: { reason } } });
const containers = fc.array(
  fc.constantFrom(
    waiting("CrashLoopBackOff"),
    waiting("ImagePullBackOff"),
    waiting("ContainerCreating"),
    { name: "c", state: { running: {} } },
    { name: "c" },
  ),
  { maxLength: 2 },
);

const kinds: readonly fc.Arbitrary<Question>[] = [
  kind(
    "apps/v1 Deployment",
    {
      replicas: fc.constantFrom(1, 1, 0, 2),
      progressDeadlineSeconds: fc.constantFrom(600, 2147483647),
    },
    {
      ...seen,
      ...full("replicas", "updatedReplicas", "readyReplicas", "availableReplicas"),
      conditions: fc.oneof(
        fc.constant([
          { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" },
          { type: "Available", status: "True" },
        ]),
        conditions({
          Progressing: ["NewReplicaSetAvailable", "ProgressDeadlineExceeded", "ReplicaSetUpdated"],
          Available: ["MinimumReplicasAvailable"],
          ReplicaFailure: ["FailedCreate"],
        }),
      ),
    },
  ),
  kind(
    "apps/v1 StatefulSet",
    { replicas: fc.constantFrom(1, 1, 0, 2), updateStrategy: strategy },
    {
      ...seen,
      ...full("replicas", "readyReplicas", "currentReplicas", "updatedReplicas"),
      currentRevision: fc.constantFrom("r1", "r2"),
      updateRevision: fc.constantFrom("r2"),
      conditions: conditions({ Available: ["Why"] }),
    },
  ),
  kind(
    "apps/v1 DaemonSet",
    { updateStrategy: strategy },
    {
      ...seen,
      ...full(
        ...["desiredNumberScheduled", "currentNumberScheduled", "updatedNumberScheduled"],
        ...["numberAvailable", "numberReady"],
      ),
      conditions: conditions({ Available: ["Why"] }),
    },
  ),
  kind(
    "apps/v1 ReplicaSet",
    { replicas: fc.constantFrom(1, 1, 0, 2) },
    {
      ...seen,
      ...full("replicas", "fullyLabeledReplicas", "availableReplicas", "readyReplicas"),
      conditions: conditions({ ReplicaFailure: ["FailedCreate"] }),
    },
  ),
  kind(
    "batch/v1 Job",
    { ...counts("parallelism", "completions"), suspend: fc.boolean() },
    {
      ...counts("succeeded", "active", "failed"),
      startTime: fc.constant("2026-01-01T00:00:00Z"),
      conditions: conditions({
        Complete: ["CompletionsReached"],
        Failed: ["BackoffLimitExceeded"],
        Suspended: ["JobSuspended"],
        SuccessCriteriaMet: ["CompletionsReached"],
        FailureTarget: ["BackoffLimitExceeded"],
      }),
    },
  ),
  kind("batch/v1 CronJob", { suspend: fc.boolean() }, { conditions: conditions({}) }),
  kind(
    "v1 Pod",
    {},
    {
      phase: fc.constantFrom("Pending", "Running", "Running", "Succeeded", "Failed", "Unknown"),
      conditions: conditions({
        Ready: ["ContainersNotReady"],
        PodScheduled: ["Unschedulable", "Other"],
      }),
      containerStatuses: containers,
      initContainerStatuses: containers,
    },
  ),
  kind(
    "v1 PersistentVolumeClaim",
    {},
    {
      phase: fc.constantFrom("Bound", "Pending", "Lost"),
      conditions: conditions({ Resizing: ["Why"] }),
    },
  ),
  kind(
    "v1 Service",
    {
      type: fc.constantFrom("ClusterIP", "LoadBalancer", "NodePort", "ExternalName"),
      clusterIP: fc.constantFrom("10.0.0.1", "None", ""),
    },
    {
      loadBalancer: fc.constantFrom({}, { ingress: [{ ip: "1.2.3.4" }] }),
      conditions: conditions({ LoadBalancerPortsError: ["Why"] }),
    },
  ),
  kind(
    "policy/v1 PodDisruptionBudget",
    {},
    {
      ...seen,
      ...counts("currentHealthy", "desiredHealthy", "disruptionsAllowed"),
      conditions: conditions({ DisruptionAllowed: ["SufficientPods", "SyncFailed"] }),
    },
  ),
  kind(
    "apiextensions.k8s.io/v1 CustomResourceDefinition",
    {},
    {
      conditions: conditions({
        NamesAccepted: ["NoConflicts", "Conflict"],
        Established: ["InitialNamesAccepted", "Installing", "NotAccepted"],
      }),
    },
  ),
  ...[
    "networking.k8s.io/v1 Ingress",
    "autoscaling/v2 HorizontalPodAutoscaler",
    "v1 Namespace",
    "v1 ConfigMap",
    "v1 Secret",
    "v1 ReplicationController",
    "v1 Node",
    "certificates.k8s.io/v1 CertificateSigningRequest",
    "apiregistration.k8s.io/v1 APIService",
    "flowcontrol.apiserver.k8s.io/v1 FlowSchema",
    "example.com/v1 Widget",
  ].map((type) =>
    kind(
      type,
      {},
      {
        ...seen,
        phase: fc.constantFrom("Active", "Terminating", "Failed", "Pending"),
        conditions: conditions({
          Ready: ["Why"],
          Available: ["Why"],
          ScalingActive: ["Why"],
          Dangling: ["Why"],
        }),
      },
    ),
  ),
];

// Controllers of custom resources may write a condition twice.
const doubled = kind(
  "example.com/v1 Widget",
  {},
  {
    conditions: fc.array(
      fc.record({ type: fc.constantFrom("Reconciling", "Stalled", "Ready"), status: word }),
      { maxLength: 4 },
    ),
  },
);

const statuses = some({
  conditions: conditions(
    Object.fromEntries(
      [
        ...["Ready", "Available", "Synced", "Accepted", "Reconciled", "Healthy", "Installed"],
        ...["Programmed", "Issuing", "Established", "AllReplicasReady"],
      ].map((type) => [type, ["Why"]]),
    ),
  ),
  phase: fc.constantFrom("Healthy", "Running", "Succeeded", "Failed", "completed", "Successful"),
  observedGeneration: fc.constantFrom(2, 2, 1),
  ...{ readyToUse: fc.boolean(), applied: fc.boolean(), instances: fc.constantFrom(3, 1) },
});

/** Objects of a kind of `core/health/known`, a `*` filled in. */
export function objectsOf(type: string, each: number): readonly Question[] {
  const [name = "", ...group] = type.replaceAll("*", "some").split(".");
  return fc.sample(statuses, { seed: 14, numRuns: each }).map((status) => ({
    object: {
      ...{ apiVersion: `${group.join(".")}/v1`, kind: name, status, spec: { instances: 3 } },
      metadata: { name: "a", generation: 2, creationTimestamp: "2026-01-01T00:00:00Z" },
    },
  }));
}

/** The same objects in every run. */
export function healthObjects(each: number): readonly Question[] {
  return [...kinds, doubled].flatMap((one) => fc.sample(one, { seed: 14, numRuns: each }));
}
