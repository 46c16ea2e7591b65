// The generated objects in forms that an API may give for a moment, or never does.
import { healthObjects, type Question } from "./health-objects.ts";

type Loose = Readonly<Record<string, unknown>>;
type Odd = (object: Loose) => Loose;

const within =
  (field: "metadata" | "spec" | "status", value: Loose): Odd =>
  (object) => ({ ...object, [field]: { ...(object[field] as Loose | undefined), ...value } });
const withConditions = (conditions: unknown): Odd => within("status", { conditions });

/** By what is odd. */
const forms: Readonly<Record<string, Odd>> = {
  "a deployment that is paused": within("spec", { paused: true }),
  "a pause that its condition tells": withConditions([
    { type: "Progressing", status: "Unknown", reason: "DeploymentPaused" },
    { type: "Available", status: "True" },
  ]),
  "a Job whose pods count by index": within("spec", { completionMode: "Indexed", completions: 2 }),
  "a Job that goes on where some fail": within("spec", {
    ...{ backoffLimitPerIndex: 1, maxFailedIndexes: 1, podReplacementPolicy: "Failed" },
    successPolicy: { rules: [{ succeededIndexes: "0" }] },
  }),
  "a Job of another controller": within("spec", { managedBy: "kueue.x-k8s.io/multikueue" }),
  "pods that still end": within("status", { terminating: 1, terminatingReplicas: 1 }),
  "indexes that failed": within("status", { failedIndexes: "1", completedIndexes: "0" }),
  "replicas that nobody counts": within("spec", { replicas: null }),
  "no pods asked for": within("spec", { replicas: 0, parallelism: 0, minReplicas: 0 }),
  "an update in order": within("spec", { strategy: { type: "Recreate" }, minReadySeconds: 30 }),
  "a claim that grows": within("status", {
    ...{ phase: "Bound", allocatedResourceStatuses: { storage: "ControllerResizeInProgress" } },
  }),
  "no generation": within("metadata", { generation: undefined }),
  "a generation that is a text": within("metadata", { generation: "2" }),
  "a generation seen that is a text": within("status", { observedGeneration: "2" }),
  "a generation seen that is to come": within("status", { observedGeneration: 9 }),
  "an object that goes": within("metadata", {
    ...{ deletionTimestamp: "2026-01-02T00:00:00Z", finalizers: ["kubernetes"] },
  }),
  "a deletion of no time": within("metadata", { deletionTimestamp: null }),
  "no status": ({ status: _, ...object }) => object,
  "a status of nothing": (object) => ({ ...object, status: null }),
  "an empty status": (object) => ({ ...object, status: {} }),
  "a status that is a text": (object) => ({ ...object, status: "Running" }),
  "a status that is a list": (object) => ({ ...object, status: [] }),
  "no spec": ({ spec: _, ...object }) => object,
  "a spec that is a text": (object) => ({ ...object, spec: "x" }),
  "conditions of nothing": withConditions(null),
  "conditions that are none": withConditions([]),
  "conditions that are a mapping": withConditions({ Ready: "True" }),
  "a condition of nothing": withConditions([null]),
  "a condition without status": withConditions([{ type: "Ready" }, { type: "Available" }]),
  "a condition in small letters": withConditions([{ type: "Ready", status: "true" }]),
  "a condition that is a flag": withConditions([{ type: "Ready", status: true }]),
  "a condition twice": withConditions([
    { type: "Ready", status: "True" },
    { type: "Ready", status: "False" },
  ]),
  "counts that are texts": within("status", {
    ...{ replicas: "1", readyReplicas: "1", updatedReplicas: "1", availableReplicas: "1" },
  }),
  "counts below nothing": within("status", { replicas: -1, readyReplicas: -1, numberReady: -1 }),
};

/** Each of `each` objects of every kind in every odd form. */
export function oddHealthObjects(each: number): readonly (Question & { readonly odd: string })[] {
  return healthObjects(each).flatMap(({ object }) =>
    Object.entries(forms).map(([odd, make]) => ({ odd, object: make(object) })),
  );
}
