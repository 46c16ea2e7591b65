// Values that the API server fills in where a field is absent (kubernetes/api defaults.go), and
// null, which is the same as an absent field where the kind is typed.
import type { Edit } from "./edits.ts";
import { isFlux, isKnownType, type ObjectType, typeName } from "./object-type.ts";
import { keysOf, type Path } from "./path.ts";

const podDefaults = {
  protocol: "TCP",
  terminationMessagePath: "/dev/termination-log",
  terminationMessagePolicy: "File",
  restartPolicy: "Always",
  dnsPolicy: "ClusterFirst",
  schedulerName: "default-scheduler",
  terminationGracePeriodSeconds: 30,
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
  initialDelaySeconds: 0,
  scheme: "HTTP",
  defaultMode: 420,
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
  optional: false,
  readOnly: false,
} as const;
const workload = { ...podDefaults, revisionHistoryLimit: 10, minReadySeconds: 0 };

const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "Deployment.apps": { ...workload, progressDeadlineSeconds: 600, paused: false },
  "StatefulSet.apps": workload,
  "DaemonSet.apps": workload,
  "CronJob.batch": {
    ...podDefaults,
    restartPolicy: undefined,
    concurrencyPolicy: "Allow",
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  },
  "Job.batch": { ...podDefaults, restartPolicy: undefined },
  Pod: podDefaults,
  Service: {
    protocol: "TCP",
    type: "ClusterIP",
    sessionAffinity: "None",
    internalTrafficPolicy: "Cluster",
    externalTrafficPolicy: "Cluster",
  },
  Secret: { type: "Opaque" },
  PersistentVolumeClaim: { volumeMode: "Filesystem" },
  "NetworkPolicy.networking.k8s.io": { protocol: "TCP" },
};

/** Mappings whose keys are the user's: a null there is a value. */
const maps = new Set([
  ...["labels", "annotations", "matchLabels", "nodeSelector", "data", "stringData", "binaryData"],
  ...["limits", "requests", "hard", "selector", "parameters", "substitute", "scopes", "overhead"],
]);

/** Whether an edit only writes out, or leaves out, what the API server takes anyway. */
export function isWrittenDefault(edit: Edit, type: ObjectType): boolean {
  if (edit.kind !== "added" && edit.kind !== "removed") return false;
  const keys = keysOf(edit.path);
  if (typeof edit.path.at(-1) !== "string" || isInMap(keys)) return false;
  const value = edit.kind === "added" ? edit.after : edit.before;
  if (value === null) return takesNullAsAbsent(edit.path, type);
  const known = defaults[typeName(type)] ?? {};
  const field = keys.at(-1) ?? "";
  return Object.hasOwn(known, field) && known[field] === value;
}

function isInMap(keys: readonly string[]): boolean {
  return keys.slice(0, -1).some((key) => maps.has(key)) && !keys.includes("matchExpressions");
}

// In a chart's values null takes the chart's default away; in a definition it is a default.
function takesNullAsAbsent(path: Path, type: ObjectType): boolean {
  const [top, second] = path;
  if (isFlux(type)) return !(top === "spec" && (second === "values" || second === "patches"));
  if (type.kind === "CustomResourceDefinition" || type.kind === "ControllerRevision") return false;
  return isKnownType(type);
}
