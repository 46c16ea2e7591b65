// Where health is told otherwise than Flux' kstatus does, and why. In none of them it is told as well
// what kstatus does not.
import { findCondition, isTrue, readConditions } from "../../core/flux/condition.ts";
import { flagAt, numberAt, objectAt, objectsAt, textAt } from "../../core/flux/read-json.ts";
import { podProblem } from "../../core/health/pod-problem.ts";

type Difference = {
  readonly why: string;
  readonly kinds?: readonly string[];
  readonly holds: (object: unknown) => boolean;
};

const workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];
const condition = (object: unknown, type: string) => findCondition(readConditions(object), type);

export const differences: readonly Difference[] = [
  {
    why: "their controllers always write which generation they have seen: without it nobody has looked",
    kinds: workloads,
    holds: (object) => numberAt(object, "status", "observedGeneration") === undefined,
  },
  {
    why: "the API server always writes a deadline: without one the object is not read whole",
    kinds: ["Deployment"],
    holds: (object) => numberAt(object, "spec", "progressDeadlineSeconds") === undefined,
  },
  {
    why: "a partition of 0, which the API server writes by itself, holds no pod back: kstatus does not look at the rest then",
    kinds: ["StatefulSet"],
    holds: (object) =>
      numberAt(object, "spec", "updateStrategy", "rollingUpdate", "partition") === 0,
  },
  {
    why: "with OnDelete kstatus asks nothing, whatever the pods run and whether they are ready",
    kinds: ["StatefulSet"],
    holds: (object) => textAt(object, "spec", "updateStrategy", "type") === "OnDelete",
  },
  {
    why: "a pod that failed is not well, though it is done",
    kinds: ["Pod"],
    holds: (object) => textAt(object, "status", "phase") === "Failed",
  },
  {
    why: "a container that cannot start is a failure now, not when time is over",
    kinds: ["Pod"],
    holds: (object) => podProblem(object) !== undefined,
  },
  {
    why: "kstatus has no answer for a pod whose node is lost",
    kinds: ["Pod"],
    holds: (object) => textAt(object, "status", "phase") === "Unknown",
  },
  {
    why: "a queue suspends Jobs that it starts later: it has shown nothing yet",
    kinds: ["Job"],
    holds: (object) => flagAt(object, "spec", "suspend"),
  },
  {
    why: "complete and failed at once the API server refuses; Flux takes the first",
    kinds: ["Job"],
    holds: (object) =>
      ["Complete", "Failed"].every((type) => condition(object, type)?.status === "True"),
  },
  {
    why: "Flux reads of Jobs their conditions alone, also while they are deleted or say a generation",
    kinds: ["Job"],
    holds: (object) =>
      numberAt(object, "status", "observedGeneration") !== undefined ||
      textAt(object, "metadata", "deletionTimestamp") !== undefined ||
      ["Reconciling", "Stalled"].some((type) => condition(object, type)?.status === "True"),
  },
  {
    why: "a definition whose names are refused is served under old ones, if at all",
    kinds: ["CustomResourceDefinition"],
    holds: (object) => condition(object, "NamesAccepted")?.status === "False",
  },
  {
    why: "whatever says of itself that it is not ready is not well, of any kind",
    holds: (object) => ["False", "Unknown"].includes(condition(object, "Ready")?.status ?? ""),
  },
  {
    why: "an API without a server behind it answers nobody",
    kinds: ["APIService"],
    holds: (object) => !isTrue(readConditions(object), "Available"),
  },
  {
    why: "what a condition says of an older generation says nothing of this one",
    kinds: ["APIService"],
    holds: (object) =>
      objectsAt(object, "status", "conditions").some(
        ({ observedGeneration = 0 }) =>
          Number(observedGeneration) < (numberAt(object, "metadata", "generation") ?? 0),
      ),
  },
  {
    why: "a custom resource without a status, or with one that holds nothing, is not well: its controller has not looked",
    kinds: ["Widget"],
    holds: (object) =>
      Object.values(objectAt(object, "status")).every(
        (value) => value === null || (Array.isArray(value) && value.every((one) => one === null)),
      ),
  },
  {
    why: "a custom resource none of whose conditions holds says nothing good of itself",
    kinds: ["Widget"],
    holds: (object) => {
      const all = readConditions(object);
      return all.length > 0 && !all.some(({ status }) => status === "True");
    },
  },
  {
    why: "of custom resources all that says of the whole whether it is well counts, of its own generation",
    kinds: ["Widget"],
    holds: (object) =>
      textAt(object, "status", "phase") !== undefined ||
      objectsAt(object, "status", "conditions").some(
        ({ type, status, observedGeneration }) =>
          ["Available", "Ready", "Stalled"].includes(String(type)) &&
          (status !== "True" || observedGeneration !== numberAt(object, "metadata", "generation")),
      ),
  },
];

/** Why this object's health may be told otherwise; undefined where nothing says so. */
export function reasonFor(object: Readonly<Record<string, unknown>>): string | undefined {
  return differences.find(
    ({ kinds, holds }) =>
      (kinds === undefined || kinds.includes(String(object["kind"]))) && holds(object),
  )?.why;
}
