// kstatus as Flux runs it (fluxcd/cli-utils/pkg/kstatus/status/core.go), for the kinds served here.
import { isRecord, type Condition, type KubeObject } from "../api/kube-object.ts";

export type Health = "Current" | "InProgress" | "Failed" | "Terminating" | "NotFound";

type Numbers = Readonly<Record<string, number | undefined>>;

/** Health of one object as the API shows it now. */
export function objectHealth(object: KubeObject | undefined): Health {
  if (!object) return "NotFound";
  if (object.metadata.deletionTimestamp) return "Terminating";
  const status = (isRecord(object.status) ? object.status : {}) as Numbers & {
    readonly conditions?: readonly Condition[];
    readonly phase?: string;
  };
  const observed = status["observedGeneration"];
  if (observed !== undefined && observed !== object.metadata.generation) return "InProgress";
  const { conditions = [] } = status;
  const has = (type: string, value: string) =>
    conditions.some((condition) => condition.type === type && condition.status === value);
  const spec = (isRecord(object.spec) ? object.spec : {}) as Numbers;
  switch (object.kind) {
    case "Deployment":
      return deploymentHealth(spec, status, conditions);
    case "StatefulSet":
      return atLeast(spec["replicas"] ?? 1, [
        status["readyReplicas"],
        status["currentReplicas"],
        status["replicas"],
      ]);
    case "DaemonSet":
      if (observed === undefined) return "InProgress";
      return atLeast(status["desiredNumberScheduled"] ?? 0, [
        status["currentNumberScheduled"],
        status["updatedNumberScheduled"],
        status["numberAvailable"],
        status["numberReady"],
      ]);
    case "ReplicaSet":
      return atLeast(spec["replicas"] ?? 1, [status["readyReplicas"], status["availableReplicas"]]);
    case "Job":
      if (has("Failed", "True")) return "Failed";
      return has("Complete", "True") ? "Current" : "InProgress";
    case "Pod":
      return podHealth(status.phase, has("Ready", "True"));
    case "CustomResourceDefinition":
      return has("Established", "True") ? "Current" : "InProgress";
    default:
      return genericHealth(conditions, has);
  }
}

function genericHealth(
  conditions: readonly Condition[],
  has: (type: string, value: string) => boolean,
): Health {
  if (has("Stalled", "True")) return "Failed";
  if (has("Reconciling", "True")) return "InProgress";
  const ready = conditions.find(({ type }) => type === "Ready");
  return !ready || ready.status === "True" ? "Current" : "InProgress";
}

function deploymentHealth(
  spec: Numbers,
  status: Numbers,
  conditions: readonly Condition[],
): Health {
  const progressing = conditions.find(({ type }) => type === "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") return "Failed";
  if (status["observedGeneration"] === undefined) return "InProgress";
  const wanted = spec["replicas"] ?? 1;
  const updated = status["updatedReplicas"] ?? 0;
  const { replicas = 0, availableReplicas = 0, readyReplicas = 0 } = status;
  if (replicas < wanted || updated < wanted || replicas > updated) return "InProgress";
  if (availableReplicas < updated || readyReplicas < wanted) return "InProgress";
  const available = conditions.some(
    ({ type, status }) => type === "Available" && status === "True",
  );
  return available && progressing?.reason === "NewReplicaSetAvailable" ? "Current" : "InProgress";
}

function podHealth(phase: string | undefined, ready: boolean): Health {
  if (phase === "Succeeded") return "Current";
  if (phase === "Failed") return "Failed";
  return phase === "Running" && ready ? "Current" : "InProgress";
}

function atLeast(wanted: number, counts: readonly (number | undefined)[]): Health {
  return counts.every((count) => (count ?? 0) >= wanted) ? "Current" : "InProgress";
}
